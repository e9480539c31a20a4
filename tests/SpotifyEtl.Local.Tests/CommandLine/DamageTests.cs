using System.Text.Json.Nodes;
using SpotifyEtl.Local.Tests.Monitor;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>What the verbs, the pages and the next run do in a lake whose records are broken.</summary>
public sealed class DamageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Broken_records_and_entries_are_named_and_stand_in_nobodys_way()
    {
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run");
        var run = await OnlyRunAsync(program);
        Break(program, $"run_data/runs/{run}.json", "run_data/runs/other.json", ".catalog/album_data.json", "run_data/last_good_run.json");
        foreach (var file in Directory.GetFiles(Path.Combine(program.DemoLake, "run_data", "files", run)))
        {
            await File.WriteAllBytesAsync(file, [], Cancellation);
        }


        var query = await program.RunAsync("query", "SELECT (SELECT count(*) FROM runs) AS runs, (SELECT count(*) FROM files) AS files", "--format", "csv");
        var table = await program.RunAsync("query", "SELECT * FROM album_data", "--format", "csv");
        var list = await program.RunAsync("runs", "list");
        var show = await program.RunAsync("runs", "show", run);
        var report = await program.RunAsync("report");
        var doctor = await program.RunAsync("doctor");
        var next = await program.RunAsync("run", "--force", "--json");
        var after = await program.RunAsync("query", "--name", "top_songs");

        Assert.Equal((0, "runs,files\n0,0\n"), (query.ExitCode, query.Output));
        Assert.Contains($"The record run_data/runs/{run}.json cannot be read: it is empty.", query.Errors, StringComparison.Ordinal);
        Assert.Contains("The record run_data/runs/other.json cannot be read: it is empty.", query.Errors, StringComparison.Ordinal);
        Assert.Equal(1, table.ExitCode);
        Assert.Contains("The catalog entry .catalog/album_data.json", table.Errors, StringComparison.Ordinal);
        Assert.Equal(0, list.ExitCode);
        Assert.Contains(run, list.Output, StringComparison.Ordinal);
        Assert.Equal(0, show.ExitCode);
        Assert.Contains("song_data                  84", show.Output, StringComparison.Ordinal);
        Assert.Contains($"The record run_data/runs/{run}.json cannot be read", show.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(0, doctor.ExitCode);
        Assert.All(
            [$"run_data/runs/{run}.json", "run_data/runs/other.json", $"run_data/files/{run}/", ".catalog/album_data.json", "run_data/last_good_run.json"],
            key => Assert.Contains(key, doctor.Output, StringComparison.Ordinal));
        Assert.Equal("Succeeded", (string?)JsonNode.Parse(next.Output)!["status"]);
        Assert.Equal(0, after.ExitCode);
        Assert.DoesNotContain("cannot be read", after.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_servers_pages_and_health_go_on_beside_a_broken_record()
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);
        var run = await browser.RunAsync(("playlist", "SpotifyEtlDemoPlaylist"));
        Break(program, $"run_data/runs/{run}.json", "run_data/runs/other.json");

        var page = await browser.ReadAsync($"/runs/{run}");
        var list = await browser.ReadAsync("/");
        using var health = await server.Http.GetAsync("api/healthz", Cancellation);
        var shown = JsonNode.Parse(await server.Http.GetStringAsync($"api/runs/{run}", Cancellation))!;

        Assert.Contains(">Succeeded<", page, StringComparison.Ordinal);
        Assert.Contains(run, list, StringComparison.Ordinal);
        Assert.Equal(200, (int)health.StatusCode);
        Assert.Equal("Succeeded", (string?)shown["result"]!["status"]);
        Assert.Contains($"run_data/runs/{run}.json", (string?)shown["warning"], StringComparison.Ordinal);
    }

    private static void Break(SpotifyEtlProgram program, params string[] keys)
    {
        foreach (var key in keys)
        {
            File.WriteAllBytes(Path.Combine(program.DemoLake, key), []);
        }
    }

    private static async Task<string> OnlyRunAsync(SpotifyEtlProgram program) =>
        (string)Assert.Single(JsonNode.Parse((await program.RunAsync("runs", "list", "--json")).Output)!.AsArray())!["runId"]!;
}
