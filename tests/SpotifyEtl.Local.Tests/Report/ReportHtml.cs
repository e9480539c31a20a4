using System.Net;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Local.Tests.Report;

/// <summary>Reads the page of a report.</summary>
internal static partial class ReportHtml
{
    /// <summary>
    /// The cells of the rows of a part's tables, as text. A cell that says what its row is of counts as several: the name, and what else is said of it.
    /// </summary>
    public static List<string[]> Cells(string page, string query)
    {
        var start = page.IndexOf($"id=\"{query}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"the page has no part {query}");
        var part = page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
        return
        [
            .. BodyRow().Matches(part)
                .Select(row => CellText().Matches(row.Value).SelectMany(cell => Texts(cell.Groups["text"].Value)).ToArray())
                .Where(row => row.Length > 0)
        ];
    }

    /// <summary>The page without its tags.</summary>
    public static string Text(string html) => WebUtility.HtmlDecode(Space().Replace(Tag().Replace(html, ""), " ")).Trim();

    private static IEnumerable<string> Texts(string cell) => Said().Matches(cell) is { Count: > 0 } said
        ? said.Select(match => WebUtility.HtmlDecode(match.Groups["text"].Value))
        : [Text(cell)];

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex BodyRow();

    [GeneratedRegex("<td[^>]*>(?<text>.*?)</td>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CellText();

    [GeneratedRegex(
        "(<span class=\"name\">|<bdi>)(?<text>.*?)</", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Said();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Space();
}
