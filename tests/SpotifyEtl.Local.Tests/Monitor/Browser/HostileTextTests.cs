using System.Text.Json;
using Microsoft.Playwright;
using SpotifyEtl.Functions.Tests.Spotify;
using static Microsoft.Playwright.Assertions;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>What comes from Spotify and from file names is text on every page, whatever is written in it.</summary>
public sealed class HostileTextTests(Chromium chromium, MonitorServer server) : BrowserTest(chromium)
{
    private const string Script = "</pre></title><script>window.hacked = 1; alert(1)</script><img src=x onerror=window.hacked=1>";
    private const string Name = $"\"'`{Script} \u202Eשירים עם \u2066חתול &lt;b&gt;";
    private const string File = "\"'><img src=x onerror=window.hacked=1>\u202E&lt;שיר.json";

    [Fact]
    public async Task Markup_quotes_and_right_to_left_text_in_names_and_messages_show_as_text()
    {
        await OpenAsync(server);
        server.Program.Write($"{server.Program.Lake}/raw_data/to_process/{File}", "no JSON");
        server.Script = asked => asked.Path switch
        {
            $"/v1/playlists/{MonitorServer.FirstPlaylist}" => new Answer(
                200,
                $$$"""{"items":{"total":2},"id":"{{{MonitorServer.FirstPlaylist}}}","name":{{{JsonSerializer.Serialize(Name)}}},"snapshot_id":"s1","owner":{"id":"ann","display_name":"Ann"}}"""),
            $"/v1/playlists/{MonitorServer.SecondPlaylist}" => Answer.Error(404, JsonEncodedText.Encode(Script).ToString()),
            _ => null,
        };
        var runId = await StartRunAsync();
        await Expect(Status).ToHaveTextAsync("Failed");

        var files = Page.GetByRole(AriaRole.Table, new() { Name = "Files" });
        await Expect(files.GetByText(Name, new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Summary" })).ToContainTextAsync(Script);
        await Expect(files.GetByText(File, new() { Exact = true })).ToBeVisibleAsync();
        await NothingRanAsync();
        // A text has no icon of its own, and the browser asks the host for one.
        Allow(404);
        await Link(".error.json").ClickAsync();
        await Expect(Page.GetByText("not_json")).ToBeVisibleAsync();
        Assert.True(await Page.EvaluateAsync<bool>("() => window.hacked === undefined"));
        await Page.GoBackAsync();
        await Link("ProcessFiles").ClickAsync();
        await Expect(Page.GetByText(File).First).ToBeVisibleAsync();
        await OpenHistoryAsync();
        await Page.GotoAsync($"/runs/{runId}");
        await OpenHistoryAsync();
        await Page.GotoAsync("/");
        await Expect(Link(runId)).ToBeVisibleAsync();
        await NothingRanAsync();
    }

    [Fact]
    public async Task What_was_entered_comes_back_as_text()
    {
        await OpenAsync(server);
        Allow(400);
        Allow(404);
        const string Entered = "</textarea><script>window.hacked=1</script>";

        await Page.GotoAsync("/start");
        await Page.GetByLabel("Other playlists").FillAsync(Entered);
        await Button("Start the run").ClickAsync();
        await Expect(Page.GetByLabel("Other playlists")).ToHaveValueAsync(Entered);
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(Entered);
        await NothingRanAsync();
        await Page.GotoAsync("/?id=" + Uri.EscapeDataString("\"><script>window.hacked=1</script>"));
        await Expect(Page.GetByLabel("Run id contains")).ToHaveValueAsync("\"><script>window.hacked=1</script>");
        await NothingRanAsync();
        await Page.GotoAsync("/runs/" + Uri.EscapeDataString("<script>window.hacked=1<script>"));
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("<script>window.hacked=1<script>");
        await NothingRanAsync();
    }

    private async Task OpenHistoryAsync()
    {
        await Link("History").ClickAsync();
        await Expect(Heading).ToHaveTextAsync("History");
        await Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => { details.open = true; })");
        await Expect(Page.Locator("pre").First).ToBeVisibleAsync();
        await NothingRanAsync();
    }

    private async Task NothingRanAsync()
    {
        Assert.True(await Page.EvaluateAsync<bool>("() => window.hacked === undefined"));
        await Expect(Page.Locator("main script, main img, main style, main iframe, head title ~ img")).ToHaveCountAsync(0);
    }
}
