using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SpotifyEtl.Local.Tests.CommandLine;

public sealed class ServeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_started_watched_repeated_and_purged_over_HTTP_and_the_server_stops_with_0()
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();

        var first = await StartAsync(server, "api/runs");
        var status = await EndAsync(server, first);
        var again = await StartAsync(server, $"api/runs/{first}/rerun");
        var repeated = await EndAsync(server, again);
        using var purged = await server.Http.DeleteAsync($"runtime/webhooks/durabletask/instances/{first}", Cancellation);
        var left = await server.Http.GetFromJsonAsync<JsonArray>("api/runs", Cancellation);
        var ended = await server.StopAsync();

        Assert.Equal("Loaded", (string?)status["result"]!["playlists"]![0]!["status"]);
        Assert.Equal("Skipped", (string?)repeated["result"]!["playlists"]![0]!["status"]);
        Assert.Equal(HttpStatusCode.OK, purged.StatusCode);
        Assert.Equal([again], left!.Select(run => (string?)run!["runId"]));
        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Errors));
        Assert.True(File.Exists(Path.Combine(program.DemoLake, "run_data", "runs", first + ".json")));
    }

    [Fact]
    public async Task A_run_that_is_not_done_keeps_others_out_until_it_is_cancelled()
    {
        using SpotifyEtlProgram program = new();
        using SilentServer spotify = new();
        spotify.HoldUp(program);
        await using var server = await program.ServeAsync();
        var first = await StartAsync(server, "api/runs");
        await spotify.CalledAsync();

        using var beside = await server.Http.PostAsync("api/runs", content: null, Cancellation);
        using var cancelled = await server.Http.PostAsync($"api/runs/{first}/cancel", content: null, Cancellation);
        using var twice = await server.Http.PostAsync($"api/runs/{first}/cancel", content: null, Cancellation);
        using var unknown = await server.Http.PostAsync("api/runs/none/cancel", content: null, Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, beside.StatusCode);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal("Cancelled", (string?)JsonNode.Parse(await cancelled.Content.ReadAsStringAsync(Cancellation))!["status"]);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Anybody_may_ask_whether_it_is_healthy_and_who_has_the_key_why()
    {
        using SpotifyEtlProgram program = new();
        program.Settings["EmbeddedHost__Http__MasterKey"] = "key-of-the-master";
        await using var server = await program.ServeAsync();

        using var health = await server.Http.GetAsync("api/healthz", Cancellation);
        using var locked = await server.Http.GetAsync("api/healthz/details", Cancellation);
        using var open = await server.Http.GetAsync("api/healthz/details?code=key-of-the-master", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal("""{"status":"NoGoodRun"}""", await health.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, open.StatusCode);
        Assert.Equal(26 * 3600, (double)(await open.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["maxAgeSeconds"]!);
    }

    [Fact]
    public async Task A_due_time_starts_a_run_of_its_own()
    {
        using SpotifyEtlProgram program = new();
        program.Settings["Schedule"] = "* * * * * *";
        await using var server = await program.ServeAsync();

        string? run = null;
        while (run is null)
        {
            var runs = await server.Http.GetFromJsonAsync<JsonArray>("api/runs", Cancellation);
            run = (string?)runs!.LastOrDefault()?["runId"];
        }

        Assert.Matches("^scheduled-[0-9]{8}T[0-9]{6}Z$", run);
        Assert.Equal("Succeeded", (string?)(await EndAsync(server, run))["result"]!["status"]);
    }

    [Fact]
    public async Task A_server_that_is_stopped_in_the_middle_of_a_run_hands_it_to_the_next_one()
    {
        using SpotifyEtlProgram program = new();
        string run;
        using (SilentServer spotify = new())
        {
            spotify.HoldUp(program);
            program.Settings["DOTNET_shutdownTimeoutSeconds"] = "1";
            await using var stopped = await program.ServeAsync();
            run = await StartAsync(stopped, "api/runs");
            await spotify.CalledAsync();
            Assert.Equal(0, (await stopped.StopAsync()).ExitCode);
        }

        // Spotify is not there any more, so the run fails, and that it ended it tells.
        await using var next = await program.ServeAsync();
        using var cancelled = await next.Http.PostAsync($"api/runs/{run}/cancel", content: null, Cancellation);
        var ended = await EndAsync(next, run);

        Assert.Equal("Cancelled", (string?)ended["status"]);
    }

    [Fact]
    public async Task A_server_that_other_machines_can_reach_does_not_start_without_a_key()
    {
        using SpotifyEtlProgram program = new();
        program.Settings["EmbeddedHost__Http__Address"] = "*";

        var ended = await program.RunAsync("serve", "--port", "0");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("EmbeddedHost__Http__MasterKey", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_a_key_answers_only_who_shows_it_and_runs_finds_it_in_the_settings()
    {
        using SpotifyEtlProgram program = new();
        program.Settings["EmbeddedHost__Http__MasterKey"] = "a-long-random-text";
        await using var server = await program.ServeAsync();

        using var without = await server.Http.GetAsync("api/runs", Cancellation);
        var list = await program.RunAsync("runs", "list");
        program.Settings.Clear();
        var keyless = await program.RunAsync("runs", "list");

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal((0, "There are no such runs."), (list.ExitCode, list.Output.Trim()));
        Assert.Equal(2, keyless.ExitCode);
        Assert.Contains("EmbeddedHost__Http__MasterKey", keyless.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "api/runs?status=Done",
        "status is 'Done'; it must be one or several, separated by commas, of Running, Suspended, Succeeded, Failed, Cancelled.")]
    [InlineData("api/runs?top=many", "top is 'many'; it must be a number from 1 to 1000.")]
    public async Task A_list_that_cannot_be_given_is_answered_400(string path, string message)
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();

        using var answer = await server.Http.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(message, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["message"]);
    }

    private static async Task<string> StartAsync(ServingProgram server, string path)
    {
        using var answer = await server.Http.PostAsync(path, content: null, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["runId"]!;
    }

    private static async Task<JsonObject> EndAsync(ServingProgram server, string runId)
    {
        while (true)
        {
            var run = await server.Http.GetFromJsonAsync<JsonObject>($"api/runs/{runId}", Cancellation);
            if ((string?)run!["status"] is "Succeeded" or "Failed" or "Cancelled")
            {
                return run;
            }

            await Task.Yield();
        }
    }
}
