using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace SpotifyEtl.Local.Report;

/// <summary>Makes the page of a report: one file that loads nothing and runs nothing.</summary>
internal static class ReportRenderer
{
    /// <summary>The page's style sheet.</summary>
    public static string Style { get; } = ReadStyle();

    /// <summary>What the page allows itself: this style sheet, and nothing else.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";

    public static async Task<string> RenderAsync(ReportContents contents)
    {
        // Letters of all scripts stay as they are, so that the file can be read and searched.
        await using var services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();
        await using HtmlRenderer renderer = new(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(ReportPage.Contents)] = contents });
            var page = await renderer.RenderComponentAsync<ReportPage>(parameters);
            return page.ToHtmlString();
        });
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(ReportRenderer).Assembly.GetManifestResourceStream("Report/report.css")!);
        return reader.ReadToEnd();
    }
}
