using Microsoft.Playwright;
using SpotifyEtl.Local.Tests.Monitor.Sql;
using static Microsoft.Playwright.Assertions;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>Sessions on the SQL page by keyboard, as wide as a desk's screen and a phone's, light and dark, with script and without.</summary>
public sealed class SqlSessionTests(Chromium chromium, ServedDemo demo) : BrowserTest(chromium), IClassFixture<ServedDemo>
{
    private const int MostTabs = 120;

    private BrowserNewContextOptions _options = new();

    protected override BrowserNewContextOptions Options => _options;

    // Every two of the three together.
    public static TheoryData<int, ColorScheme, bool> Sessions => new()
    {
        { 1280, ColorScheme.Light, true },
        { 1280, ColorScheme.Dark, false },
        { 390, ColorScheme.Light, false },
        { 390, ColorScheme.Dark, true },
    };

    private ILocator Rows => Page.GetByRole(AriaRole.Table, new() { Name = "Rows of the answer" }).Locator("tbody tr");

    [Theory]
    [MemberData(nameof(Sessions))]
    public async Task From_a_named_query_to_a_Parquet_file_by_keyboard(int width, ColorScheme scheme, bool hasScript)
    {
        await OpenPageAsync(width, scheme, hasScript);

        await TabToAsync(Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "SQL", Exact = true }));
        await Page.Keyboard.PressAsync("Enter");
        await TabToAsync(Page.GetByLabel("Begin with"));
        await Page.Keyboard.TypeAsync("top_songs:");
        await TabToAsync(Button("Open"));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page).ToHaveURLAsync(new Uri(demo.Http.BaseAddress!, "/sql?name=top_songs").ToString());
        await TabToAsync(Editor);
        if (hasScript)
        {
            await Page.Keyboard.PressAsync("ControlOrMeta+Enter");
        }
        else
        {
            await TabToAsync(Button("Run"));
            await Page.Keyboard.PressAsync("Enter");
        }

        await Expect(Rows).ToHaveCountAsync(10);
        await TabToAsync(Button("popularity"));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("th[aria-sort=ascending]")).ToContainTextAsync("popularity ↑");
        await Expect(Rows.First).ToContainTextAsync("84");
        await TabToAsync(Button("Download all rows as Parquet"));
        var file = await Page.RunAndWaitForDownloadAsync(() => Page.Keyboard.PressAsync("Enter"));

        Assert.Equal("top_songs.parquet", file.SuggestedFilename);
        await using var content = File.OpenRead(await file.PathAsync());
        await using var parquet = await Parquet.ParquetReader.CreateAsync(content, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(10, parquet.Metadata!.NumRows);
        if (hasScript)
        {
            await Expect(Page.Locator("#progress")).ToContainTextAsync("top_songs.parquet: 10 rows");
        }

        Assert.Empty(await Axe.TooWideAsync(Page));
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Axe_finds_no_fault_where_scripts_do_not_load(int width, ColorScheme scheme)
    {
        var axe = await Axe.ScriptAsync();
        await OpenPageAsync(width, scheme, hasScript: true);
        Allow(400);
        await Page.RouteAsync("**/monitor/*.js*", route => route.FulfillAsync(new() { Body = "", ContentType = "text/javascript" }));
        foreach (var address in (string[])["/tables", "/tables/songs", "/sql", "/sql?name=top_songs"])
        {
            await Page.GotoAsync(address);
            Assert.Empty(await Axe.FaultsAsync(Page, axe));
        }

        await Button("Run").ClickAsync();
        await Expect(Rows).ToHaveCountAsync(10);
        Assert.Empty(await Axe.FaultsAsync(Page, axe));
        Assert.Empty(await Axe.TooWideAsync(Page));
        await Page.Locator("#sql").FillAsync("SELECT FROM WHERE");
        await Button("Run").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Empty(await Axe.FaultsAsync(Page, axe));
    }

    [Fact]
    public async Task Tab_leaves_the_editor_and_names_are_completed()
    {
        await OpenPageAsync(1280, ColorScheme.Light, hasScript: true);
        await Page.GotoAsync("/sql");

        await Editor.FocusAsync();
        await Page.Keyboard.TypeAsync("SELECT song_na");
        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.TypeAsync(" FROM songs_l");
        await Page.GetByRole(AriaRole.Option, new() { Name = "songs_latest" }).ClickAsync();
        await Expect(Editor).ToContainTextAsync("FROM songs_latest");
        await Page.Keyboard.PressAsync("Tab");

        await Expect(Editor).Not.ToBeFocusedAsync();
        await Expect(Button("Run")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_fault_is_marked_where_it_stands_and_goes_with_the_next_answer()
    {
        await OpenPageAsync(1280, ColorScheme.Light, hasScript: true);
        Allow(400);
        await Page.GotoAsync("/sql");

        await WriteStatementAsync("SELECT 1 AS a\nFROM WHERE");
        await Page.Keyboard.PressAsync("ControlOrMeta+Enter");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("line 2, character 6");
        await Expect(Page.Locator(".cm-fault")).ToHaveTextAsync("WHERE");
        await WriteStatementAsync("SELECT 1 AS a");
        await Page.Keyboard.PressAsync("ControlOrMeta+Enter");

        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(Page.Locator(".cm-fault")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_query_that_runs_is_cancelled_by_its_button_and_the_statement_stays()
    {
        await OpenPageAsync(1280, ColorScheme.Light, hasScript: true);
        await Page.GotoAsync("/sql");

        await WriteStatementAsync(DownloadTests.Endless.ReplaceLineEndings(" "));
        await Page.Keyboard.PressAsync("ControlOrMeta+Enter");
        await Expect(Page.Locator("#progress")).ToContainTextAsync("Running");
        await Button("Cancel").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Cancelled");
        await Expect(Editor).ToContainTextAsync("CROSS JOIN");
        await Expect(Button("Cancel")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_download_that_has_not_begun_is_cancelled_and_the_page_stays()
    {
        await OpenPageAsync(1280, ColorScheme.Light, hasScript: true);
        await Page.GotoAsync("/sql");

        await WriteStatementAsync(DownloadTests.Endless.ReplaceLineEndings(" "));
        await Button("Download all rows as CSV").FocusAsync();
        // Playwright waits for the page that the form leads to, which never comes: the page itself presses the button and tells what it then shows.
        var devTools = await Page.Context.NewCDPSessionAsync(Page);
        var shown = devTools.SendAsync("Runtime.evaluate", new()
        {
            ["awaitPromise"] = true,
            ["expression"] = """
                new Promise((resolve) => new MutationObserver(() => {
                  const text = document.getElementById('progress').textContent;
                  if (text.includes('Writing the rows as CSV for 1 s')) {
                    document.getElementById('cancel').click();
                  } else if (!text.includes('Writing')) {
                    resolve(`${text} ${document.getElementById('sql').value}`);
                  }
                }).observe(document.getElementById('progress'), { childList: true }))
                """,
        });
        await Page.Keyboard.PressAsync("Enter");

        var answer = await shown.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var text = answer!.Value.GetProperty("result").GetProperty("value").GetString();
        Assert.StartsWith("Cancelled", text, StringComparison.Ordinal);
        Assert.Contains("CROSS JOIN", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_written_is_there_again_when_the_page_is()
    {
        await OpenPageAsync(1280, ColorScheme.Light, hasScript: true);
        await Page.GotoAsync("/sql");

        await WriteStatementAsync("SELECT 4711 AS kept");
        await Link("Tables").ClickAsync();
        await Expect(Heading).ToHaveTextAsync("Tables");
        await Link("SQL").First.ClickAsync();

        await Expect(Editor).ToContainTextAsync("SELECT 4711 AS kept");
        Assert.DoesNotContain("4711", Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_and_values_run_nothing()
    {
        await OpenPageAsync(390, ColorScheme.Light, hasScript: true);
        await Page.GotoAsync("/sql");
        const string Script = "</textarea><script>window.hacked=1</script><img src=x onerror=window.hacked=1>";

        await WriteStatementAsync($"SELECT '{Script}' AS \"{Script}\", chr(8238) || 'x' AS turned");
        await Page.Keyboard.PressAsync("ControlOrMeta+Enter");
        await Expect(Rows).ToHaveCountAsync(1);
        await Page.Locator("th button").First.ClickAsync();

        await Expect(Rows.First).ToContainTextAsync(Script);
        Assert.True(await Page.EvaluateAsync<bool>("() => window.hacked === undefined"));
        await Expect(Page.Locator("main script, main img, main style")).ToHaveCountAsync(0);
        Assert.Empty(await Axe.TooWideAsync(Page));
    }

    private async Task OpenPageAsync(int width, ColorScheme scheme, bool hasScript)
    {
        _options = new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, JavaScriptEnabled = hasScript };
        await OpenAsync(demo.Http.BaseAddress!);
        await Page.GotoAsync("/");
    }

    private async Task TabToAsync(ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await target.EvaluateAsync<bool>("element => element.matches(':focus')"))
            {
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{MostTabs} presses of Tab did not come to {target}.");
    }
}
