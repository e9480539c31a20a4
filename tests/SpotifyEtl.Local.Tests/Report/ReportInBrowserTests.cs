using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SpotifyEtl.Local.Tests.CommandLine;
using SpotifyEtl.Local.Tests.Monitor.Browser;

namespace SpotifyEtl.Local.Tests.Report;

/// <summary>The report that a run leaves, opened from the disk in a browser that has no network.</summary>
[Collection(nameof(BrowserTests))]
public sealed class ReportInBrowserTests(Chromium chromium)
{
    private const string Hostile = "</title><script>window.hacked = 1</script>\\\"><img src=x onerror=\\\"window.hacked = 1\\\"> مرحبا";

    private static string Raw =>
        $$$"""
        [{"added_at":"2026-01-01T00:00:00Z","track":{"id":"t1","name":"{{{Hostile}}}","popularity":100,"duration_ms":1,"external_urls":{"spotify":"u"},
          "album":{"id":"a1","name":"{{{Hostile}}}","release_date":"2019","total_tracks":1,"external_urls":{"spotify":"u"}},"artists":[{"id":"r1","name":"{{{Hostile}}}","external_urls":{"spotify":"u"}}]}},
         {"added_at":"2026-01-01T00:00:00Z","track":null}]
        """;

    [Fact]
    public async Task It_needs_no_network_shows_hostile_titles_as_text_fits_a_phone_and_has_the_queries_figures()
    {
        var browser = chromium.Browser;
        using SpotifyEtlProgram program = new();
        program.Write("raw/hostile.json", Raw);
        await program.RunAsync("run");
        await program.RunAsync("run", "--raw", "raw");
        var songs = JsonNode.Parse((await program.RunAsync("query", "--name", "top_songs", "--format", "json")).Output)!.AsArray();
        ConcurrentQueue<string> faults = [];
        await using var context = await browser.NewContextAsync(new() { Offline = true, ViewportSize = new() { Width = 390, Height = 844 } });
        context.Console += (_, message) => faults.Enqueue($"console: {message.Text}");
        context.WebError += (_, error) => faults.Enqueue($"error: {error.Error}");
        context.Request += (_, request) => faults.Enqueue($"request: {request.Url}");
        var page = await context.NewPageAsync();
        var address = new Uri(program.PathOf(".spotify-etl/reports/latest.html")).ToString();

        await page.GotoAsync(address);
        var rows = await page.Locator("table").First.Locator("tbody tr").AllAsync();
        var shown = await Task.WhenAll(rows.Select(row => row.Locator("td").AllInnerTextsAsync()));

        Assert.Equal([$"request: {address}"], faults);
        Assert.False(await page.EvaluateAsync<bool>("() => 'hacked' in window"));
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        Assert.Equal(songs.Select(song => song!["popularity"]!.ToString()), shown.Select(cells => cells[3]));
        Assert.Contains(shown, cells => cells[0].Contains("<script>window.hacked = 1</script>", StringComparison.Ordinal));
    }
}
