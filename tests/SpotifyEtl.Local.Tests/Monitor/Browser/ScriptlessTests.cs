using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

public sealed class ScriptlessTests(Chromium chromium) : BrowserTest(chromium)
{
    protected override BrowserNewContextOptions Options => new() { JavaScriptEnabled = false };

    [Fact]
    public async Task Without_script_each_action_asks_on_a_page_of_its_own()
    {
        await using var server = await MonitorServer.StartAsync();
        server.Hold();
        await OpenAsync(server.Serving);
        var runId = await StartRunAsync();

        await Action("Cancel").ClickAsync();
        await Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/runs/{runId}/cancel$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Link("Back").ClickAsync();
        await Action("Cancel").ClickAsync();
        await Button("Cancel the run").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(runId);
        await Expect(Status).ToHaveTextAsync("Terminated");
    }
}
