using System.Security.Cryptography;
using System.Text;
using SpotifyEtl.Local.Html;

namespace SpotifyEtl.Local.Report;

/// <summary>Makes the page of a report: one file that loads nothing by itself, and runs nothing where there are no images to ask for.</summary>
internal static class ReportRenderer
{
    /// <summary>The page's style sheet.</summary>
    public static string Style { get; } = Read("report.css");

    /// <summary>What shows images when the reader asks for them.</summary>
    public static string Script { get; } = Read("report.js");

    /// <summary>What the page allows itself: this style sheet and, where it has images to offer, this script and Spotify's images.</summary>
    public static string ContentSecurityPolicy(bool hasImages) =>
        $"default-src 'none'; style-src {HashOf(Style)}; "
        + (hasImages ? ImagePolicy : "")
        + "base-uri 'none'; form-action 'none'";

    /// <summary>The part of it that allows images to be asked for.</summary>
    public static string ImagePolicy { get; } = $"script-src {HashOf(Script)}; img-src {ImageAddress.Sources}; ";

    public static Task<string> RenderAsync(ReportContents contents) => ComponentHtml.RenderAsync<ReportPage>((nameof(ReportPage.Contents), contents));

    private static string HashOf(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ReportRenderer).Assembly.GetManifestResourceStream($"Report/{name}")!);
        return reader.ReadToEnd();
    }
}
