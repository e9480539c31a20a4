using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SpotifyEtl.Local.Tests.CommandLine;
using SpotifyEtl.Local.Tests.Monitor.Browser;

namespace SpotifyEtl.Local.Tests.Report;

/// <summary>The report that a run leaves, opened from the disk in a browser that has no network.</summary>
[Collection(nameof(BrowserTests))]
public sealed class ReportInBrowserTests(Chromium chromium)
{
    private const string Hostile = "</title><script>window.hacked = 1</script>\\\"><img src=x onerror=\\\"window.hacked = 1\\\"> مرحبا";

    private const string Report = "https://report.example/";
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg==";

    private static readonly string? s_pictures = Environment.GetEnvironmentVariable("MONITOR_SCREENSHOTS");

    private static string Raw =>
        $$$"""
        [{"added_at":"2026-01-01T00:00:00Z","track":{"id":"t1","name":"{{{Hostile}}}","popularity":100,"duration_ms":1,"external_urls":{"spotify":"u"},
          "album":{"id":"a1","name":"{{{Hostile}}}","release_date":"2019","total_tracks":1,"images":[{"url":"https://i.scdn.co/image/one","height":640,"width":640}],"external_urls":{"spotify":"u"}},"artists":[{"id":"r1","name":"{{{Hostile}}}","external_urls":{"spotify":"u"}}]}},
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
        var rows = await page.Locator("#top_songs tbody tr").AllAsync();
        var shown = await Task.WhenAll(rows.Select(row => row.Locator("td").AllInnerTextsAsync()));

        Assert.Equal([$"request: {address}"], faults);
        Assert.False(await page.EvaluateAsync<bool>("() => 'hacked' in window"));
        Assert.Empty(await Axe.TooWideAsync(page));
        Assert.Equal(songs.Select(song => song!["popularity"]!.ToString()), shown.Select(cells => cells[1]));
        Assert.Contains(shown, cells => cells[0].Contains("<script>window.hacked = 1</script>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Axe_finds_no_fault_and_nothing_is_too_wide(int width, ColorScheme scheme)
    {
        var browser = chromium.Browser;
        var axe = await Axe.ScriptAsync();
        using SpotifyEtlProgram program = new();
        program.Write("raw/hostile.json", Raw);
        program.Write("raw/broken.json", "{");
        await program.RunAsync("run");
        await program.RunAsync("run", "--raw", "raw");
        await program.RunAsync("report", "--lake", "file:none", "--out", "none.html");
        await using var context = await browser.NewContextAsync(
            new() { Offline = true, ViewportSize = new() { Width = width, Height = 844 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        foreach (var report in new[] { ".spotify-etl/demo/reports/latest.html", ".spotify-etl/reports/latest.html", "none.html" })
        {
            await page.GotoAsync(new Uri(program.PathOf(report)).ToString());
            await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => { details.open = true; })");
            if (s_pictures is not null)
            {
                await page.ScreenshotAsync(
                    new() { Path = Path.Combine(s_pictures, $"report-{report.Replace('/', '-')}-{width}-{scheme}.png"), FullPage = true });
            }

            Assert.Empty(await Axe.FaultsAsync(page, axe));
            Assert.Empty(await Axe.TooWideAsync(page));
        }
    }

    [Fact]
    public async Task Images_are_asked_for_when_the_reader_says_so_with_the_keyboard_and_from_Spotify_alone()
    {
        var browser = chromium.Browser;
        using SpotifyEtlProgram program = new();
        program.Write("raw/song.json", Raw);
        await program.RunAsync("run", "--raw", "raw");
        var report = await File.ReadAllTextAsync(program.PathOf(".spotify-etl/reports/latest.html"), TestContext.Current.CancellationToken);
        ConcurrentQueue<string> asked = [];
        await using var context = await browser.NewContextAsync();
        await context.RouteAsync("**/*", route =>
        {
            if (route.Request.Url == Report)
            {
                return route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = report });
            }

            asked.Enqueue(route.Request.Url + " " + route.Request.Headers.GetValueOrDefault("referer"));
            return route.FulfillAsync(new() { ContentType = "image/png", BodyBytes = Convert.FromBase64String(Pixel) });
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(Report);
        var choice = page.GetByRole(AriaRole.Checkbox, new() { Name = "Show the images of albums" });
        await Assertions.Expect(choice).Not.ToBeCheckedAsync();
        Assert.Empty(asked);

        await choice.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator("#top_songs img")).ToHaveCountAsync(1);
        await page.WaitForFunctionAsync("() => document.querySelector('#top_songs img').complete");
        Assert.Equal(["https://i.scdn.co/image/one "], asked);
        var isBlocked = await page.EvaluateAsync<bool>(
            """
            () => new Promise(done => {
              const image = new Image();
              image.onload = () => done(false);
              image.onerror = () => done(true);
              image.src = 'https://evil.example/';
            })
            """);
        Assert.True(isBlocked);
        await page.Keyboard.PressAsync("Space");

        await Assertions.Expect(page.Locator("#top_songs img")).ToHaveCountAsync(0);
        Assert.Single(asked);
    }

    [Fact]
    public async Task Without_script_there_is_no_choice_of_images()
    {
        var browser = chromium.Browser;
        using SpotifyEtlProgram program = new();
        program.Write("raw/song.json", Raw);
        await program.RunAsync("run", "--raw", "raw");
        await using var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(program.PathOf(".spotify-etl/reports/latest.html")).ToString());

        await Assertions.Expect(page.Locator("#show-images")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#show-images")).Not.ToBeVisibleAsync();
    }
}
