using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>
/// Every page, on a desk and on a phone, light and dark. With the environment variable MONITOR_SCREENSHOTS naming a folder, pictures of them
/// are kept there.
/// </summary>
public sealed class LookTests(Chromium chromium, ShownRuns runs) : BrowserTest(chromium), IClassFixture<ShownRuns>
{
    private const string AxePath = ".tools/node_modules/axe-core/axe.min.js";

    private static readonly (int Width, int Height)[] s_sizes = [(1280, 900), (390, 844)];

    private ColorScheme _scheme;

    protected override BrowserNewContextOptions Options => new() { ColorScheme = _scheme, ReducedMotion = ReducedMotion.Reduce };

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public Task No_page_scrolls_sideways(ColorScheme scheme) => OnEveryPageAsync(scheme, async (name, width) =>
    {
        await TakePictureAsync($"{name}-{width}-{scheme}");
        var wide = await Page.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
              : [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth)
                  .map(element => element.outerHTML.slice(0, 120))
            """);
        Assert.True(wide.Length == 0, $"{name} is wider than {width} pixels: {string.Join("\n", wide)}");
    });

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_serious_on_any_page(ColorScheme scheme)
    {
        var path = Environment.GetEnvironmentVariable("AXE_CORE") ?? Machine.FindAbove(AxePath);
        Machine.Require(path is not null, "There is no axe-core: npm install --prefix .tools axe-core, or name its axe.min.js in the environment variable AXE_CORE.");
        var axe = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await OnEveryPageAsync(scheme, async (name, width) =>
        {
            await Page.EvaluateAsync(axe);
            var faults = await Page.EvaluateAsync<string[]>(
                """
                async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                  .map(fault => `${fault.impact} ${fault.id}: ${fault.help}: ${fault.nodes.map(node => `${node.target.join(' ')} ${node.any.map(check => check.message).join(' ')}`).join('\n  ')}`)
                """);
            Assert.True(faults.Length == 0, $"{name} at {width} pixels, {scheme}: {string.Join("\n", faults)}");
        });
    }

    private async Task OnEveryPageAsync(ColorScheme scheme, Func<string, int, Task> look)
    {
        _scheme = scheme;
        var server = await runs.ServeAsync();
        await OpenAsync(server.Serving);
        Allow(404);
        foreach (var (name, address) in runs.Pages)
        {
            await Page.GotoAsync(address);
            await AtEverySizeAsync(name, look);
            if (name == "sign-in")
            {
                await Page.GetByLabel("Key").FillAsync(ShownRuns.Key);
                await Button("Sign in").ClickAsync();
            }
            else if (name == "run-completed")
            {
                await Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => { details.open = true; })");
                await AtEverySizeAsync(name + "-history", look);
                await Action("Purge").ClickAsync();
                await Expect(Dialog).ToBeVisibleAsync();
                await AtEverySizeAsync(name + "-dialog", look);
            }
        }
    }

    private async Task AtEverySizeAsync(string name, Func<string, int, Task> look)
    {
        foreach (var (width, height) in s_sizes)
        {
            await Page.SetViewportSizeAsync(width, height);
            await look(name, width);
        }
    }

    private async Task TakePictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("MONITOR_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
