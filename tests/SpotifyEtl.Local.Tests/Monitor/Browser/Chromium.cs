using Microsoft.Playwright;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>One Chromium for all tests that look at pages: the machine's own. Without one they are skipped, except in CI, where they fail.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "chromium.exe", "chrome.exe"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser; the test that asks for it is skipped when there is none.</summary>
    internal IBrowser Browser
    {
        get
        {
            Machine.Require(_browser is not null, $"There is no Chromium on PATH ({string.Join(", ", s_names[..3])}): install Debian's package chromium.");
            return _browser;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Machine.Find(s_names) is not { } path)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, ChromiumSandbox = false });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

[CollectionDefinition(nameof(BrowserTests))]
public sealed class BrowserTests : ICollectionFixture<Chromium>, ICollectionFixture<MonitorServer>, ICollectionFixture<ShownRuns>;
