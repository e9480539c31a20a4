using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>
/// Every page, as wide as a desk's screen and a phone's, light and dark. With the environment variable MONITOR_SCREENSHOTS naming a folder,
/// pictures of them are kept there.
/// </summary>
public sealed class LookTests(Chromium chromium, ShownRuns runs, MonitorServer server) : BrowserTest(chromium)
{
    private static readonly string? s_pictures = Environment.GetEnvironmentVariable("MONITOR_SCREENSHOTS");

    private BrowserNewContextOptions _options = new();

    /// <summary>Widths and colours. Colours change no width, so the dark ones are for pictures only.</summary>
    public static TheoryData<int, ColorScheme> Looks =>
        s_pictures is null
            ? new() { { 1280, ColorScheme.Light }, { 390, ColorScheme.Light } }
            : new() { { 1280, ColorScheme.Light }, { 390, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 390, ColorScheme.Dark } };

    protected override BrowserNewContextOptions Options => _options;

    [Theory]
    [MemberData(nameof(Looks))]
    public Task No_page_scrolls_sideways(int width, ColorScheme scheme) => OnEveryPageAsync(width, scheme, async name =>
    {
        if (s_pictures is not null)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(s_pictures, $"{name}-{width}-{scheme}.png"), FullPage = true });
        }

        var wide = await Axe.TooWideAsync(Page);
        Assert.True(wide.Length == 0, $"{name} is wider than {width} pixels: {string.Join('\n', wide)}");
    });

    // Each width and each scheme once: no rule looks at both.
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Axe_finds_no_fault_on_any_page(int width, ColorScheme scheme)
    {
        var axe = await Axe.ScriptAsync();
        await OnEveryPageAsync(width, scheme, name => HoldToAxeAsync(axe, $"{name} at {width} pixels, {scheme}"));
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_host_without_runs_shows_so_in_a_list_without_fault(int width, ColorScheme scheme)
    {
        var axe = await Axe.ScriptAsync();
        _options = new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce };
        await OpenAsync(server);

        await Page.GotoAsync("/");

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "No run yet" })).ToBeVisibleAsync();
        if (s_pictures is not null)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(s_pictures, $"runs-none-{width}-{scheme}.png"), FullPage = true });
        }

        Assert.Empty(await Axe.TooWideAsync(Page));
        await HoldToAxeAsync(axe, $"the empty list at {width} pixels, {scheme}");
    }

    private async Task HoldToAxeAsync(string axe, string what)
    {
        var faults = await Axe.FaultsAsync(Page, axe);
        Assert.True(faults.Length == 0, $"{what}: {string.Join('\n', faults)}");
    }

    [Fact]
    public async Task A_run_of_14_files_is_no_longer_than_two_screens_and_one_of_2000_stays_readable()
    {
        _options = new() { ViewportSize = new() { Width = 1280, Height = 800 } };
        await OpenAsync(runs.ReadyAsync);
        await SignInAsync();

        await Page.GotoAsync($"/runs/{ShownRuns.Few}");
        await Expect(Page.GetByRole(AriaRole.Table, new() { Name = "Files" }).Locator("tbody tr")).ToHaveCountAsync(14);
        Assert.InRange(await HeightAsync(), 800, 1600);
        await Page.GotoAsync($"/runs/{ShownRuns.Many}");
        await Expect(Page.GetByText("2,000 files, page 1 of 40")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Table, new() { Name = "Timeline" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "ProcessFiles" }))
            .ToContainTextAsync("40 batches, 2,000 files");
        Assert.InRange(await HeightAsync(), 800, 3200);
    }

    [Fact]
    public async Task A_run_that_was_interrupted_and_waited_says_so()
    {
        await OpenAsync(runs.ReadyAsync);
        await SignInAsync();

        await Page.GotoAsync("/runs/scheduled-20261122T060000Z");

        var summary = Page.GetByRole(AriaRole.Region, new() { Name = "Summary" });
        await Expect(summary).ToContainTextAsync("no process was there");
        await Expect(summary).ToContainTextAsync("for Spotify once, ");
        await Expect(summary).Not.ToContainTextAsync("once, 0 s in all");
        var timeline = Page.GetByRole(AriaRole.Table, new() { Name = "Timeline" });
        await Expect(timeline.GetByRole(AriaRole.Row, new() { Name = "Interrupted" })).ToHaveCountAsync(1);
        await Expect(timeline.GetByRole(AriaRole.Row, new() { Name = "Wait for Spotify" })).ToContainTextAsync(MonitorServer.FirstPlaylist);
        await Expect(Page.GetByText("schedule", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_that_was_cancelled_says_which_phases_it_never_reached()
    {
        await OpenAsync(runs.ReadyAsync);
        await SignInAsync();

        await Page.GotoAsync("/runs/cancelled-early");

        await Expect(Page.GetByText("never reached")).ToHaveCountAsync(5);
    }

    private Task<int> HeightAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");

    private async Task SignInAsync()
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("Key").FillAsync(ShownRuns.Key);
        await Button("Sign in").ClickAsync();
        await Expect(Button("Sign out")).ToBeVisibleAsync();
    }

    private async Task OnEveryPageAsync(int width, ColorScheme scheme, Func<string, Task> look)
    {
        _options = new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce };
        await OpenAsync(runs.ReadyAsync);
        Allow(404);
        foreach (var (name, address) in ShownRuns.Pages)
        {
            await Page.GotoAsync(address);
            await look(name);
            if (name == "sign-in")
            {
                await SignInAsync();
            }
            else if (name == "run-14-files")
            {
                await OpenDetailsAsync();
                await look(name + "-opened");
                await Action("Purge").ClickAsync();
                await Expect(Dialog).ToBeVisibleAsync();
                await look(name + "-dialog");
            }
            else if (name is "run-2000-files" or "history")
            {
                await OpenDetailsAsync();
                await look(name + "-opened");
            }
            else if (name == "sql-query")
            {
                await LookAtAnswersAsync(look);
            }
            else if (name == "run-live")
            {
                await runs.HoldLiveAsync(stands: true);
                await Page.ReloadAsync();
                await look("run-suspended");
                await runs.HoldLiveAsync(stands: false);
            }
        }
    }

    private async Task LookAtAnswersAsync(Func<string, Task> look)
    {
        await Button("Run").ClickAsync();
        await Expect(Page.Locator("#rows")).ToBeVisibleAsync();
        await OpenDetailsAsync();
        await look("sql-answer");
        await WriteStatementAsync("SELECT song_name,\n  popularity >> 3 AS shifted\nFROM WHERE songs");
        Allow(400);
        await Button("Run").ClickAsync();
        await Expect(Page.Locator("#fault")).ToBeVisibleAsync();
        await look("sql-fault");
        await WriteStatementAsync("SELECT song_name FROM songs_l");
        await Page.Keyboard.PressAsync("Control+Space");
        await Expect(Page.GetByRole(AriaRole.Listbox, new() { Name = "Completions" })).ToBeVisibleAsync();
        await look("sql-completion");
    }

    private async Task OpenDetailsAsync() =>
        await Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => { details.open = true; })");
}
