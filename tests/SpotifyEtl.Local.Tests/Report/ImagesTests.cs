using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Report;

/// <summary>The images of albums, which the reader of a report may ask for.</summary>
public sealed partial class ImagesTests : IDisposable
{
    private readonly ReportLake _report = new();

    public void Dispose() => _report.Dispose();

    [Theory]
    [InlineData("https://i.scdn.co/image/ab67616d0000b273", "https://i.scdn.co/image/ab67616d0000b273")]
    [InlineData("https://mosaic.scdn.co/640/ab?x=1", "https://mosaic.scdn.co/640/ab?x=1")]
    [InlineData("https://image-cdn-ak.spotifycdn.com/image/1", "https://image-cdn-ak.spotifycdn.com/image/1")]
    [InlineData("HTTPS://I.SCDN.CO/a\"onerror=\"b", "https://i.scdn.co/a%22onerror=%22b")]
    [InlineData("http://i.scdn.co/image/1", null)]
    [InlineData("//i.scdn.co/image/1", null)]
    [InlineData("https://i.scdn.co:8443/image/1", null)]
    [InlineData("https://ann@i.scdn.co/image/1", null)]
    [InlineData("https://i.scdn.co.evil.example/image/1", null)]
    [InlineData("https://evil.example/i.scdn.co", null)]
    [InlineData("https://evil.example\\@i.scdn.co/", null)]
    [InlineData("https://evilscdn.co/image/1", null)]
    [InlineData("https://evil.example\uFF0F.scdn.co/", null)]
    [InlineData("javascript:alert(1)//i.scdn.co", null)]
    [InlineData("data:image/png;base64,AA", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("i.scdn.co/image/1", null)]
    [InlineData("", null)]
    public void Of_addresses_in_the_data_only_those_of_Spotifys_image_servers_are_taken(string told, string? taken) =>
        Assert.Equal(taken, ImageAddress.Of(told));

    [Fact]
    public async Task A_page_with_images_allows_itself_them_and_its_own_script_and_loads_none_by_itself()
    {
        await LoadAsync("https://i.scdn.co/image/1", "https://evil.example/2");

        var page = await _report.ReadAsync();

        var script = Assert.Single(ScriptElement().Matches(page)).Groups["script"].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.Contains(
            $"; script-src 'sha256-{hash}'; img-src https://*.scdn.co https://*.spotifycdn.com; base-uri 'none'",
            WebUtility.HtmlDecode(page),
            StringComparison.Ordinal);
        Assert.Equal(["https://i.scdn.co/image/1"], Images().Matches(page).Select(image => image.Groups["address"].Value).Distinct());
        Assert.DoesNotContain("evil.example", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("<p class=\"images\" hidden>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_images_has_neither_script_nor_a_choice()
    {
        await LoadAsync("http://i.scdn.co/image/1", "");

        var page = await _report.ReadAsync();

        Assert.Equal(2, ReportHtml.Cells(page, "top_songs").Count(row => row[2] == "First"));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("img-src", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<input", page, StringComparison.Ordinal);
    }

    // Of the songs two are of the first album, and two of the second.
    private async Task LoadAsync(string first, string second)
    {
        await _report.LoadAsync();
        _report.Files.Put(
            Table.Album,
            "newer",
            ["b1", "First", "1999-01-01", "1", "u", "day", "album", "2026-01-06T07:00:00Z", first],
            ["b2", "Second", "2024-05-01", "1", "u", "day", "album", "2026-01-06T07:00:00Z", second]);
        await _report.Files.CrawlAsync();
    }

    [GeneratedRegex("<script>(?<script>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ScriptElement();

    [GeneratedRegex("data-image=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Images();
}
