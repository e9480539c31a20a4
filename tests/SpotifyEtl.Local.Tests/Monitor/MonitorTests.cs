using System.Net;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Monitor;

/// <summary>The run monitor's pages, over HTTP.</summary>
public sealed class MonitorTests
{
    private const string Demo = "SpotifyEtlDemoPlaylist";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_started_looked_at_repeated_and_purged_by_forms_alone()
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);

        var empty = await browser.ReadAsync("/");
        var run = await browser.RunAsync(("playlist", Demo));
        var page = await browser.ReadAsync($"/runs/{run}");
        var history = await browser.ReadAsync($"/runs/{run}/history");
        var question = await browser.ReadAsync($"/runs/{run}/rerun");
        using var again = await browser.PostAsync($"/runs/{run}/rerun");
        var second = again.Headers.Location!.ToString();
        while (!(await browser.ReadAsync(second)).Contains(">Succeeded<", StringComparison.Ordinal))
        {
            await Task.Yield();
        }

        using var purged = await browser.PostAsync($"/runs/{run}/purge");
        using var gone = await browser.GetAsync($"/runs/{run}");
        using var part = await browser.GetAsync($"/runs/{run}/parts/files-1");
        var list = await browser.ReadAsync("/");

        Assert.Contains("No run yet", empty, StringComparison.Ordinal);
        Assert.Contains("Next run", empty, StringComparison.Ordinal);
        Assert.All(
            ["Summary", "Files", "Timeline", "History", ">Succeeded<", "Lighthouse Radio: the sixty", "ExtractPlaylist", ">file 1<", "6 crawlers", ">manual<"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.All(["Task scheduled", "Sub orchestration instance created"], text => Assert.Contains(text, history, StringComparison.Ordinal));
        Assert.Contains("Rerun the run", question, StringComparison.Ordinal);
        Assert.NotEqual($"/runs/{run}", second);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (purged.StatusCode, purged.Headers.Location!.ToString()));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (gone.StatusCode, part.StatusCode));
        Assert.Contains(second, list, StringComparison.Ordinal);
        Assert.DoesNotContain(run, list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_run_is_suspended_resumed_and_cancelled_and_keeps_others_out_meanwhile()
    {
        using SpotifyEtlProgram program = new();
        using SilentServer spotify = new();
        spotify.HoldUp(program);
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);
        using var started = await browser.PostAsync("/start", ("playlist", "4hRz0PqVt2mXk9wYc7LbNa"));
        var run = started.Headers.Location!.ToString();
        await spotify.CalledAsync();

        using var beside = await browser.PostAsync("/start", ("playlist", "4hRz0PqVt2mXk9wYc7LbNa"));
        using var early = await browser.PostAsync(run + "/purge");
        using var held = await browser.PostAsync(run + "/suspend");
        await UntilAsync(browser, run, "Suspended");
        using var released = await browser.PostAsync(run + "/resume");
        await UntilAsync(browser, run, "Running");
        using var cancelled = await browser.PostAsync(run + "/cancel");
        var page = await browser.ReadAsync(run);

        Assert.Equal(HttpStatusCode.Conflict, beside.StatusCode);
        Assert.Contains(run, await beside.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.All(
            [held, released, cancelled], answer => Assert.Equal((HttpStatusCode.SeeOther, run), (answer.StatusCode, answer.Headers.Location!.ToString())));
        Assert.Contains(">Cancelled<", page, StringComparison.Ordinal);
        Assert.Contains("Cancelled.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-refresh", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_entered_wrongly_is_told_beside_its_field_and_kept()
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);

        using var noId = await browser.PostAsync("/start", ("playlists", "https://example.com/<b>nope"), ("force", "true"));
        using var none = await browser.PostAsync("/start");
        using var noDay = await browser.PostAsync("/reprocess", ("from", "2026-02-02"), ("to", "2026-02-01"));
        var wrong = await noId.Content.ReadAsStringAsync(Cancellation);

        Assert.All([noId, none, noDay], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Contains("https://example.com/&lt;b&gt;nope</textarea>", wrong, StringComparison.Ordinal);
        Assert.Contains("is no playlist id", wrong, StringComparison.Ordinal);
        Assert.Contains("name=\"force\" value=\"true\" checked", wrong, StringComparison.Ordinal);
        Assert.Contains("There is no day from 2026-02-02 to 2026-02-01", await noDay.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_reprocessed_by_day_from_the_page()
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);
        await browser.RunAsync(("playlist", Demo));

        using var started = await browser.PostAsync("/reprocess", ("from", "2020-01-01"));
        var run = started.Headers.Location!.ToString();
        await UntilAsync(browser, run, "Succeeded");

        Assert.Contains("reprocessing of files extracted from 2020-01-01 to today", await browser.ReadAsync(run), StringComparison.Ordinal);
        Assert.Contains(">reprocess<", await browser.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_too_long_for_the_page_are_cut_there_and_whole_as_plain_text()
    {
        using SpotifyEtlProgram program = new();
        var rows = string.Join(
            ',', Enumerable.Range(0, 60).Select(number => $$$"""{"added_at":"2026-01-01T00:00:00Z","track":{"id":"t{{{number}}}","name":"n"}}"""));
        for (var number = 0; number < 50; number++)
        {
            program.Write($"raw/{new string('x', 120)}{number}.json", $$"""{"items":[{{rows}}]}""");
        }

        await program.RunAsync("run", "--raw", "raw");
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);
        var run = (await browser.ReadAsync("/")).Split("href=\"/runs/")[1].Split('"')[0];

        var part = await browser.ReadAsync($"/runs/{run}/parts/files-1/history");
        var link = part.Split("<a href=\"").First(text => text.Contains("/history/", StringComparison.Ordinal)).Split('"')[0];
        using var whole = await browser.GetAsync(link);
        using var none = await browser.GetAsync($"/runs/{run}/history/999/0");

        Assert.Equal("text/plain", whole.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", Assert.Single(whole.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("xxx49.json", await whole.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static async Task UntilAsync(MonitorClient browser, string path, string status)
    {
        while (!(await browser.ReadAsync(path)).Contains($"<span data-status>{status}<", StringComparison.Ordinal))
        {
            await Task.Yield();
        }
    }
}
