using System.Security.Cryptography;
using System.Text;
using SpotifyEtl.Local.Html;

namespace SpotifyEtl.Local.Report;

/// <summary>Makes the page of a report: one file that loads nothing and runs nothing.</summary>
internal static class ReportRenderer
{
    /// <summary>The page's style sheet.</summary>
    public static string Style { get; } = ReadStyle();

    /// <summary>What the page allows itself: this style sheet, and nothing else.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";

    public static Task<string> RenderAsync(ReportContents contents) => ComponentHtml.RenderAsync<ReportPage>((nameof(ReportPage.Contents), contents));

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(ReportRenderer).Assembly.GetManifestResourceStream("Report/report.css")!);
        return reader.ReadToEnd();
    }
}
