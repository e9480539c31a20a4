using System.Text.Json.Nodes;

namespace SpotifyEtl.Local.Tests.CommandLine;

public sealed class RunsTests
{
    [Fact]
    public async Task Runs_of_a_state_folder_are_listed_shown_repeated_and_purged_without_a_server()
    {
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run");
        var first = await OnlyRunAsync(program);

        var shown = await program.RunAsync("runs", "show", first);
        var repeated = await program.RunAsync("runs", "rerun", first, "--json");
        var purged = await program.RunAsync("runs", "purge", first);
        var second = await OnlyRunAsync(program);
        var all = await program.RunAsync("runs", "purge", "--older-than", "0");
        var none = await program.RunAsync("runs", "list");

        Assert.Contains("song_data                  84", shown.Output, StringComparison.Ordinal);
        Assert.Equal("Skipped", (string?)JsonNode.Parse(repeated.Output)!["playlists"]![0]!["status"]);
        Assert.Equal((0, $"Run {first} is purged."), (purged.ExitCode, purged.Output.Trim()));
        Assert.Equal((string?)JsonNode.Parse(repeated.Output)!["runId"], second);
        Assert.Equal(0, all.ExitCode);
        Assert.Equal("There are no such runs.", none.Output.Trim());
    }

    [Fact]
    public async Task An_interrupted_run_rests_while_it_is_looked_at_and_is_cancelled_for_good()
    {
        using SpotifyEtlProgram program = new();
        using SilentServer spotify = new();
        spotify.HoldUp(program);
        using (var killed = program.Start("run"))
        {
            await spotify.CalledAsync();
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var run = await OnlyRunAsync(program);
        var resting = await ShowAsync(program, run);
        var still = await ShowAsync(program, run);
        var cancelled = await program.RunAsync("runs", "cancel", run);
        var ended = await ShowAsync(program, run);
        program.Settings.Clear();
        var next = await program.RunAsync("run", "--json");

        Assert.Equal("Interrupted", (string?)resting["status"]);
        Assert.Equal((string?)resting["lastUpdatedAt"], (string?)still["lastUpdatedAt"]);
        Assert.Equal((0, $"Run {run} is cancelled."), (cancelled.ExitCode, cancelled.Output.Trim()));
        Assert.Equal("Cancelled", (string?)ended["status"]);
        Assert.NotEqual(run, (string?)JsonNode.Parse(next.Output)!["runId"]);
        Assert.DoesNotContain("Going on with run", next.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_of_a_server_are_managed_through_it()
    {
        using SpotifyEtlProgram program = new();
        using SilentServer spotify = new();
        spotify.HoldUp(program);
        await using var server = await program.ServeAsync();
        using var started = await server.Http.PostAsync("api/runs", content: null, TestContext.Current.CancellationToken);
        await spotify.CalledAsync();

        var run = await OnlyRunAsync(program);
        var beside = await program.RunAsync("runs", "rerun", run);
        var early = await program.RunAsync("runs", "purge", run);
        var cancelled = await program.RunAsync("runs", "cancel", run);
        var again = await program.RunAsync("runs", "rerun", run);
        var list = await program.RunAsync("runs", "list", "--status", "cancelled");

        Assert.Equal(1, beside.ExitCode);
        Assert.Contains($"Run {run} has not ended.", beside.Errors, StringComparison.Ordinal);
        Assert.Equal(1, early.ExitCode);
        Assert.Contains($"Run {run} is Running: only runs that have ended are purged.", early.Errors, StringComparison.Ordinal);
        Assert.Equal(0, cancelled.ExitCode);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("has started; 'runs show", again.Output, StringComparison.Ordinal);
        Assert.Contains(run, list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_there_ends_with_2()
    {
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run");

        foreach (var verb in new[] { "show", "cancel", "rerun", "purge" })
        {
            var ended = await program.RunAsync("runs", verb, "none");

            Assert.Equal(2, ended.ExitCode);
            Assert.EndsWith("\nThere is no run none.\n", ended.Errors, StringComparison.Ordinal);
        }
    }

    private static async Task<string> OnlyRunAsync(SpotifyEtlProgram program)
    {
        var list = await program.RunAsync("runs", "list", "--json");
        return (string)Assert.Single(JsonNode.Parse(list.Output)!.AsArray())!["runId"]!;
    }

    private static async Task<JsonNode> ShowAsync(SpotifyEtlProgram program, string run) =>
        JsonNode.Parse((await program.RunAsync("runs", "show", run, "--json")).Output)!;
}
