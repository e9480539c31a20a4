using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

public sealed class SignInTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string Key = "a-long-random-text";

    [Fact]
    public async Task A_host_with_a_key_shows_its_pages_to_who_knows_it_until_they_sign_out()
    {
        await using var server = await MonitorServer.StartAsync(Key);
        await OpenAsync(server.Serving);

        await Page.GotoAsync("/start");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
        await Expect(Page.GetByLabel("Key")).ToBeFocusedAsync();
        Allow(403);
        await SignInAsync("another-key");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is not a key of this host.");
        await SignInAsync(Key);
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Start a run");
        Assert.Empty(await Page.EvaluateAsync<string>("() => document.cookie"));
        await Button("Start the run").ClickAsync();
        await Expect(Status).ToHaveTextAsync("Completed");

        await Button("Sign out").ClickAsync();
        await Expect(Page.GetByLabel("Key")).ToBeVisibleAsync();
        await Page.GotoAsync("/");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
    }

    private async Task SignInAsync(string key)
    {
        await Page.GetByLabel("Key").FillAsync(key);
        await Button("Sign in").ClickAsync();
    }
}
