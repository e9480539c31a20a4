using Microsoft.Playwright;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>What axe-core and a ruler find wrong with a page.</summary>
internal static class Axe
{
    private const string AxePath = ".tools/node_modules/axe-core/axe.min.js";

    private const string TooWide =
        """
        () => {
          const width = document.documentElement.clientWidth;
          return document.documentElement.scrollWidth <= width ? []
            : [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > width).map(element => element.outerHTML.slice(0, 120));
        }
        """;

    private const string RunAxe =
        """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
          .map(fault => `${fault.impact} ${fault.id}: ${fault.help}: ${fault.nodes.map(node => node.target.join(' ')).join(', ')}`)
        """;

    /// <summary>axe-core's script; without it the test is skipped.</summary>
    public static async Task<string> ScriptAsync()
    {
        var path = Environment.GetEnvironmentVariable("AXE_CORE") ?? Machine.FindAbove(AxePath);
        Machine.Require(
            path is not null, "There is no axe-core: npm install --prefix .tools axe-core, or name its axe.min.js in the environment variable AXE_CORE.");
        return await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
    }

    /// <summary>The faults that axe finds.</summary>
    public static async Task<string[]> FaultsAsync(IPage page, string script)
    {
        await page.EvaluateAsync(script);
        return await page.EvaluateAsync<string[]>(RunAxe);
    }

    /// <summary>What makes the page scroll sideways.</summary>
    public static Task<string[]> TooWideAsync(IPage page) => page.EvaluateAsync<string[]>(TooWide);
}
