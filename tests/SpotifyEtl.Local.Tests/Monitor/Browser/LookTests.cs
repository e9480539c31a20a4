using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>
/// Every page, as wide as a desk's screen and a phone's, light and dark. With the environment variable MONITOR_SCREENSHOTS naming a folder,
/// pictures of them are kept there.
/// </summary>
public sealed class LookTests(Chromium chromium, ShownRuns runs) : BrowserTest(chromium)
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
        await OnEveryPageAsync(width, scheme, async name =>
        {
            var faults = await Axe.FaultsAsync(Page, axe);
            Assert.True(faults.Length == 0, $"{name} at {width} pixels, {scheme}: {string.Join('\n', faults)}");
        });
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
                await Page.GetByLabel("Key").FillAsync(ShownRuns.Key);
                await Button("Sign in").ClickAsync();
                await Expect(Button("Sign out")).ToBeVisibleAsync();
            }
            else if (name == "run-completed")
            {
                await Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => { details.open = true; })");
                await look(name + "-history");
                await Action("Purge").ClickAsync();
                await Expect(Dialog).ToBeVisibleAsync();
                await look(name + "-dialog");
            }
        }
    }
}
