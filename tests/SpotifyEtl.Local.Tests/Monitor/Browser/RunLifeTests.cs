using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SpotifyEtl.Functions.Tests.Spotify;
using static Microsoft.Playwright.Assertions;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>A run from its start to its purge, as a user of the pages sees it.</summary>
public sealed class RunLifeTests(Chromium chromium, MonitorServer server) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_run_is_started_and_seen_to_its_end_without_a_reload()
    {
        await OpenAsync(server);
        server.Hold();
        await Page.GotoAsync("/");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "No run yet" })).ToBeVisibleAsync();

        await Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Start a run" }).ClickAsync();
        await Button("Start the run").ClickAsync();
        await Expect(Page).ToHaveURLAsync(RunPage());
        await Page.EvaluateAsync("() => { window.marker = 'not reloaded'; }");
        await Expect(Status).ToHaveTextAsync("Running");
        await Expect(Page.GetByText("1 of 2", new() { Exact = true })).ToBeVisibleAsync();
        server.Release();
        await Expect(Status).ToHaveTextAsync("Succeeded");

        await Expect(Heading).ToHaveTextAsync(RunId);
        await Expect(Page.Locator("#announcer")).ToHaveTextAsync("Succeeded");
        await Expect(Page.GetByText("2 loaded", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal("not reloaded", await Page.EvaluateAsync<string>("() => window.marker"));
    }

    [Fact]
    public async Task The_list_follows_a_run_without_a_reload()
    {
        await OpenAsync(server);
        server.Hold();
        var runId = await StartRunAsync();
        await Page.GotoAsync("/");
        var row = Page.GetByRole(AriaRole.Table, new() { Name = "Runs" }).GetByRole(AriaRole.Row).Filter(new() { Has = Link(runId) });
        await Expect(row.Locator("[data-status]")).ToHaveTextAsync("Running");
        await Page.EvaluateAsync("() => { window.marker = 'not reloaded'; }");

        server.Release();

        await Expect(row.Locator("[data-status]")).ToHaveTextAsync("Succeeded");
        await Expect(row).ToContainTextAsync("2 playlists");
        Assert.Equal("not reloaded", await Page.EvaluateAsync<string>("() => window.marker"));
    }

    [Fact]
    public async Task The_files_have_a_table_the_steps_a_bar_each_and_both_lead_to_the_parts_and_their_histories()
    {
        await using MonitorServer undisturbed = new();
        await OpenAsync(undisturbed);
        var runId = await StartRunAsync();
        await Expect(Status).ToHaveTextAsync("Succeeded");
        var timeline = Page.GetByRole(AriaRole.Table, new() { Name = "Timeline" });

        await Expect(timeline.GetByRole(AriaRole.Row, new() { Name = "ExtractPlaylist" })).ToHaveCountAsync(2);
        await Expect(Page.GetByRole(AriaRole.Table, new() { Name = "Files" }).GetByRole(AriaRole.Row).Filter(new() { HasText = MonitorServer.FirstPlaylist }))
            .ToContainTextAsync("2");
        await Expect(timeline.GetByRole(AriaRole.Row).Filter(new() { HasText = "RefreshCrawler" })).ToContainTextAsync("6 crawlers");
        await Expect(timeline.GetByRole(AriaRole.Row, new() { Name = "ProcessFiles" })).ToContainTextAsync("files 1–2");
        await Expect(timeline.Locator("tbody tr:not(:has(svg rect))")).ToHaveCountAsync(0);
        await timeline.GetByRole(AriaRole.Link, new() { Name = "ProcessFiles" }).ClickAsync();

        await Expect(Heading).ToHaveTextAsync($"{runId}:files-1");
        await Expect(timeline.GetByRole(AriaRole.Row, new() { Name = "MoveToProcessed" }).Filter(new() { HasText = MonitorServer.FirstPlaylist }).First)
            .ToBeVisibleAsync();
        await Link("History").ClickAsync();
        var transformed = Page.Locator("details").Filter(new() { HasText = "TransformFile" }).Filter(new() { HasText = "Output" }).First;
        await transformed.Locator("summary").ClickAsync();
        await Expect(transformed.Locator("pre").First).ToContainTextAsync("\"rows\"");
    }

    [Fact]
    public async Task A_run_that_failed_says_why_and_its_repetition_can_be_purged()
    {
        await OpenAsync(server);
        server.Script = asked => asked.Path.Contains(MonitorServer.FirstPlaylist, StringComparison.Ordinal) ? Answer.Error(404, "Resource not found") : null;
        var failed = await StartRunAsync();
        await Expect(Status).ToHaveTextAsync("Failed");
        await Expect(
            Page.GetByRole(AriaRole.Region, new() { Name = "Summary" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = MonitorServer.FirstPlaylist }))
            .ToBeVisibleAsync();
        await Expect(Page.GetByText("1 loaded, 1 failed", new() { Exact = true })).ToBeVisibleAsync();

        server.Script = _ => null;
        await DoAsync("Rerun", "Rerun the run");
        await Expect(Page).ToHaveURLAsync(new Regex($"/runs/(?!{Regex.Escape(failed)}$)[^/]+$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var again = RunId;
        await Expect(Status).ToHaveTextAsync("Succeeded");
        await Expect(Page.GetByText("2 loaded", new() { Exact = true })).ToBeVisibleAsync();
        await DoAsync("Purge", "Purge the run");
        await Expect(Heading).ToHaveTextAsync("Runs");

        await Expect(Link(failed)).ToBeVisibleAsync();
        await Expect(Link(again)).ToHaveCountAsync(0);
        Allow(404);
        await Page.GotoAsync($"/runs/{again}");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(again);
    }

    [Fact]
    public async Task A_run_that_failed_goes_on_when_it_is_rewound()
    {
        await using MonitorServer broken = new();
        var inTheWay = broken.Program.Write($"{broken.Program.Lake}/run_data/runs", "a file where a folder must be");
        await OpenAsync(broken);
        await StartRunAsync();
        await Expect(Status).ToHaveTextAsync("Failed");
        await Expect(Page.GetByRole(AriaRole.Table, new() { Name = "Timeline" }).GetByRole(AriaRole.Row, new() { Name = "WriteRunRecord" }))
            .ToContainTextAsync("failed");

        File.Delete(inTheWay);
        await DoAsync("Rewind", "Rewind the run");

        await Expect(Status).ToHaveTextAsync("Succeeded");
        await Expect(Page.GetByText("2 loaded", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_live_run_keeps_others_out_until_it_is_cancelled()
    {
        await OpenAsync(server);
        server.Hold(afterwards: Answer.Error(404, "Resource not found"));
        var first = await StartRunAsync();

        Allow(409);
        await Page.GotoAsync("/start");
        await Button("Start the run").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Link($"Run {first}").ClickAsync();
        await Expect(Action("Rerun")).ToHaveCountAsync(0);
        await DoAsync("Cancel", "Cancel the run");

        await Expect(Status).ToHaveTextAsync("Cancelled");
        await Expect(Action("Rerun")).ToBeVisibleAsync();
        await Expect(Action("Cancel")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_suspended_run_waits_until_it_is_resumed()
    {
        await OpenAsync(server);
        server.Hold();
        await StartRunAsync();
        await Expect(Page.GetByText("1 of 2", new() { Exact = true })).ToBeVisibleAsync();

        await DoAsync("Suspend", "Suspend the run");
        await Expect(Status).ToHaveTextAsync("Suspended");
        await Expect(Action("Suspend")).ToHaveCountAsync(0);
        server.Release();
        await server.ExtractedAsync(MonitorServer.SecondPlaylist);
        await Page.ReloadAsync();
        await Expect(Status).ToHaveTextAsync("Suspended");
        await DoAsync("Resume", "Resume the run");

        await Expect(Status).ToHaveTextAsync("Succeeded");
    }

    [Fact]
    public async Task Playlists_that_are_none_are_refused_beside_the_field()
    {
        await OpenAsync(server);
        await Page.GotoAsync("/start");
        Allow(400);

        await Page.GetByLabel("Other playlists").FillAsync("not a playlist\n");
        await Button("Start the run").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("'not' is no playlist id");
        await Expect(Page.GetByLabel("Other playlists")).ToHaveValueAsync("not a playlist\n");
    }

    private async Task DoAsync(string action, string confirmation)
    {
        await Action(action).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = confirmation, Exact = true }).ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
    }
}
