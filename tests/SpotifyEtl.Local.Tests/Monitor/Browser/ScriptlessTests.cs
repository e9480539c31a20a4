using Microsoft.Playwright;
using SpotifyEtl.Functions.Tests.Spotify;
using static Microsoft.Playwright.Assertions;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

public sealed class ScriptlessTests(Chromium chromium, MonitorServer server) : BrowserTest(chromium)
{
    protected override BrowserNewContextOptions Options => new() { JavaScriptEnabled = false };

    [Fact]
    public async Task Without_script_each_action_asks_on_a_page_of_its_own()
    {
        await OpenAsync(server);
        server.Hold(afterwards: Answer.Error(404, "Resource not found"));
        var runId = await StartRunAsync();

        await Action("Cancel").ClickAsync();
        await Expect(Page).ToHaveURLAsync(
            new System.Text.RegularExpressions.Regex($"/runs/{runId}/cancel$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Link("Back").ClickAsync();
        await Action("Cancel").ClickAsync();
        await Button("Cancel the run").ClickAsync();

        await Expect(Heading).ToHaveTextAsync(runId);
        await Expect(Status).ToHaveTextAsync("Cancelled");
    }

    [Fact]
    public async Task Without_script_times_are_those_of_UTC_and_the_files_are_sorted_by_links()
    {
        await OpenAsync(server);
        await StartRunAsync();
        while (await Status.TextContentAsync() is "Running")
        {
            await Page.ReloadAsync();
        }

        await Expect(Page.Locator("main time").First).ToHaveTextAsync(
            new System.Text.RegularExpressions.Regex("^[0-9-]{10} [0-9:]{8} UTC$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        var rows = Page.GetByRole(AriaRole.Table, new() { Name = "Files" }).GetByRole(AriaRole.Row);
        await Link("Rows").ClickAsync();
        await Expect(rows.Nth(1)).ToContainTextAsync(MonitorServer.FirstPlaylist);
        await Link("Rows").ClickAsync();
        await Expect(rows.Nth(1)).ToContainTextAsync(MonitorServer.SecondPlaylist);
    }
}
