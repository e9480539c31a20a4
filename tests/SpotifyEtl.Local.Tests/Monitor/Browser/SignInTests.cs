using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

public sealed class SignInTests(Chromium chromium, ShownRuns runs) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_host_with_a_key_shows_its_pages_to_who_knows_it_until_they_sign_out()
    {
        await OpenAsync(runs.ReadyAsync);

        await Page.GotoAsync("/start");
        await Expect(Heading).ToHaveTextAsync("Sign in");
        await Expect(Page.GetByLabel("Key")).ToBeFocusedAsync();
        Allow(403);
        await SignInAsync("another-key");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is not a key of this host.");
        await SignInAsync(ShownRuns.Key);
        await Expect(Heading).ToHaveTextAsync("Start a run");
        Assert.Empty(await Page.EvaluateAsync<string>("() => document.cookie"));
        await Link("Runs").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Table, new() { Name = "Runs" })).ToBeVisibleAsync();

        await Button("Sign out").ClickAsync();
        await Expect(Heading).ToHaveTextAsync("Sign in");
        await Page.GotoAsync("/");
        await Expect(Heading).ToHaveTextAsync("Sign in");
    }

    private async Task SignInAsync(string key)
    {
        await Page.GetByLabel("Key").FillAsync(key);
        await Button("Sign in").ClickAsync();
    }
}
