using Microsoft.Playwright;
using SpotifyEtl.Functions.Tests.Spotify;
using static Microsoft.Playwright.Assertions;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

public sealed class KeyboardTests(Chromium chromium, MonitorServer server) : BrowserTest(chromium)
{
    private const int MostTabs = 40;

    [Fact]
    public async Task A_run_is_started_and_purged_with_the_keyboard_alone()
    {
        await OpenAsync(server);
        await Page.GotoAsync("/");

        await TabToAsync(Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Start a run" }));
        await Page.Keyboard.PressAsync("Enter");
        await TabToAsync(Button("Start the run"));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Status).ToHaveTextAsync("Succeeded");
        await TabToAsync(Action("Purge"));
        await Page.Keyboard.PressAsync("Enter");
        await TabToAsync(Dialog.GetByRole(AriaRole.Button, new() { Name = "Purge the run" }));
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "No run yet" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_dialog_takes_the_focus_keeps_it_and_gives_it_back_though_the_page_is_renewed()
    {
        await OpenAsync(server);
        server.Hold(afterwards: Answer.Error(404, "Resource not found"));
        await StartRunAsync();
        await Expect(Page.GetByText("1 of 2", new() { Exact = true })).ToBeVisibleAsync();
        await Action("Cancel").FocusAsync();
        await RenewedAsync();
        await Expect(Action("Cancel")).ToBeFocusedAsync();

        await Page.Keyboard.PressAsync("Enter");
        await Expect(Dialog.Locator(":focus")).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Locator("main :focus, header :focus")).ToHaveCountAsync(0);
        await RenewedAsync();
        await Page.Keyboard.PressAsync("Escape");

        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(Action("Cancel")).ToBeFocusedAsync();
        await Expect(Status).ToHaveTextAsync("Running");
    }

    [Fact]
    public async Task Files_are_sorted_with_the_keyboard_alone()
    {
        await OpenAsync(server);
        await StartRunAsync();
        await Expect(Status).ToHaveTextAsync("Succeeded");
        var rows = Page.GetByRole(AriaRole.Table, new() { Name = "Files" }).GetByRole(AriaRole.Row);

        await TabToAsync(Page.GetByRole(AriaRole.Link, new() { Name = "Rows", Exact = true }));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(rows.Nth(1)).ToContainTextAsync(MonitorServer.FirstPlaylist);
        await TabToAsync(Page.GetByRole(AriaRole.Link, new() { Name = "Rows", Exact = true }));
        await Page.Keyboard.PressAsync("Enter");

        await Expect(rows.Nth(1)).ToContainTextAsync(MonitorServer.SecondPlaylist);
    }

    [Fact]
    public async Task Times_are_the_readers_own_with_UTC_on_hover()
    {
        await OpenAsync(server);
        await StartRunAsync();
        await Expect(Status).ToHaveTextAsync("Succeeded");

        var started = Page.Locator("main time").First;
        await Expect(started).ToHaveTextAsync(
            new System.Text.RegularExpressions.Regex(
                "^(?:now|[0-9]+ (?:s|min) ago), [0-9:]{8}$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.EndsWith(" UTC", await started.GetAttributeAsync("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_stop_skips_to_the_content()
    {
        await OpenAsync(server);
        await Page.GotoAsync("/");

        await Page.Keyboard.PressAsync("Tab");
        await Expect(Link("Skip to content")).ToBeFocusedAsync();
        await Expect(Link("Skip to content")).ToBeInViewportAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }

    /// <summary>Waits until the page's live part was replaced once more.</summary>
    private async Task RenewedAsync()
    {
        await Page.EvaluateAsync("() => { document.querySelector('[data-live]').firstElementChild.dataset.old = ''; }");
        await Expect(Page.Locator("[data-live] [data-old]")).ToHaveCountAsync(0);
    }

    private async Task TabToAsync(ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{MostTabs} presses of Tab did not come to {target}.");
    }
}
