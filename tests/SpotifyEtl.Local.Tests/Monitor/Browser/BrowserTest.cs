using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>
/// A test that opens pages of the served program in a tab of its own. It fails at its end when a page said an error in the console, threw, asked
/// (alert, confirm) or sent a request to anyone but the server.
/// </summary>
[Collection(nameof(BrowserTests))]
public abstract partial class BrowserTest(Chromium chromium) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly HashSet<int> _expected = [];
    private IBrowserContext? _context;
    private Uri? _origin;

    /// <summary>The tab. Its addresses may begin with a slash once <c>OpenAsync</c> was called.</summary>
    protected IPage Page { get; private set; } = null!;

    protected virtual BrowserNewContextOptions Options => new();

    /// <summary>A run's status as its page shows it.</summary>
    protected ILocator Status => Page.Locator("main [data-status]").First;

    /// <summary>The id of the run whose page is open.</summary>
    protected string RunId => Uri.UnescapeDataString(new Uri(Page.Url).Segments[^1]);

    protected ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    protected ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    /// <summary>Opens a tab on a server without runs.</summary>
    protected Task OpenAsync(MonitorServer server) => OpenAsync(async () =>
    {
        await server.ReadyAsync();
        return server;
    });

    /// <summary>Opens a tab on a server that is got ready first, if there is a browser.</summary>
    protected async Task OpenAsync(Func<Task<MonitorServer>> ready)
    {
        _ = chromium.Browser;
        await OpenAsync((await ready()).Http.BaseAddress!);
    }

    /// <summary>Opens a tab on what serves at an address.</summary>
    protected async Task OpenAsync(Uri origin)
    {
        var browser = chromium.Browser;
        _origin = origin;
        var options = Options;
        options.BaseURL = _origin.ToString();
        _context = await browser.NewContextAsync(options);
        _context.SetDefaultTimeout(30_000);
        _context.Console += (_, message) => OnConsole(message);
        _context.WebError += (_, error) => _faults.Enqueue($"error: {error.Error}");
        _context.Dialog += (_, dialog) => OnDialog(dialog);
        _context.Request += (_, request) => OnRequest(request);
        Page = await _context.NewPageAsync();
    }

    /// <summary>The console tells every answer of 400 and above as an error: this one is part of the test.</summary>
    protected void Allow(int status) => _expected.Add(status);

    protected ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A link among a run's actions.</summary>
    protected ILocator Action(string name) =>
        Page.GetByRole(AriaRole.Navigation, new() { Name = "Actions" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>The editor of the SQL page, or without script its text area.</summary>
    protected ILocator Editor => Page.GetByRole(AriaRole.Textbox, new() { Name = "Statement" });

    /// <summary>Writes a statement in the place of what is in the editor, as a paste does: <c>FillAsync</c> goes by ways that no keyboard takes.</summary>
    protected async Task WriteStatementAsync(string statement)
    {
        await Editor.FocusAsync();
        await Page.Keyboard.PressAsync("ControlOrMeta+A");
        await Page.Keyboard.InsertTextAsync(statement);
    }

    /// <summary>Starts a run of the settings' playlists on its page and gives its id.</summary>
    protected async Task<string> StartRunAsync()
    {
        await Page.GotoAsync("/start");
        await Button("Start the run").ClickAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(RunPage());
        return RunId;
    }

    [GeneratedRegex("/runs/[^/]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    protected static partial Regex RunPage();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_context is not null)
        {
            await _context.DisposeAsync();
        }

        Assert.Empty(_faults);
    }

    private void OnConsole(IConsoleMessage message)
    {
        if (message.Type is "error" && !_expected.Any(status => message.Text.Contains($"status of {status} ", StringComparison.Ordinal)))
        {
            _faults.Enqueue($"console: {message.Text} ({message.Location})");
        }
    }

    private void OnDialog(IDialog dialog)
    {
        _faults.Enqueue($"dialog: {dialog.Message}");
        _ = dialog.DismissAsync();
    }

    private void OnRequest(IRequest request)
    {
        if (!request.Url.StartsWith(_origin!.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
        {
            _faults.Enqueue($"request: {request.Url}");
        }
    }
}
