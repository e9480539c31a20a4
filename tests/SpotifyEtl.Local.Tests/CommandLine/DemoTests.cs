using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SpotifyEtl.Local.Demo;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>The demo and other data never meet.</summary>
public sealed class DemoTests
{
    private const string Playlist = "4hRz0PqVt2mXk9wYc7LbNa";
    private const string Notice = "This is the demo's lake, file:lake/demo: there is no file:lake/spotify-etl-project-demo yet. --lake names another.\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_has_a_lake_and_a_state_folder_of_its_own_and_who_looks_finds_them_and_is_told()
    {
        using SpotifyEtlProgram program = new();

        var run = await program.RunAsync("run");
        var query = await program.RunAsync("query", "SELECT count(*) AS songs FROM song_data", "--format", "csv");
        var report = await program.RunAsync("report", "--out", "report.html");
        var runs = await program.RunAsync("runs", "list", "--json");
        var preview = await program.RunAsync("reprocess", "--dry-run");

        Assert.StartsWith(
            "Demo: no Spotify credentials are set, so this run is loading the built-in demo playlist, invented music, into file:lake/demo.\n",
            run.Output,
            StringComparison.Ordinal);
        Assert.Equal(new Ended(0, "songs\n84\n", Notice), query);
        Assert.Equal(new Ended(0, "The report is in report.html\n", Notice), report);
        Assert.Equal((0, Notice), (runs.ExitCode, runs.Errors));
        Assert.Single(JsonNode.Parse(runs.Output)!.AsArray());
        Assert.Equal((0, Notice), (preview.ExitCode, preview.Errors));
        Assert.Contains("<strong>Demo:</strong>", await File.ReadAllTextAsync(program.PathOf("report.html"), Cancellation), StringComparison.Ordinal);
        Assert.Equal(["demo"], Directory.GetDirectories(program.PathOf("lake")).Select(Path.GetFileName));
        Assert.True(File.Exists(program.PathOf(".spotify-etl/demo/reports/latest.html")));
    }

    [Fact]
    public async Task With_json_only_the_object_is_on_stdout_and_the_banner_is_on_stderr()
    {
        using SpotifyEtlProgram program = new();

        var run = await program.RunAsync("run", "--json");

        Assert.Equal("Succeeded", (string?)JsonNode.Parse(run.Output)!["status"]);
        Assert.StartsWith("Demo: ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_other_data_it_says_how_it_is_asked_and_who_names_no_lake_sees_the_other_data()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        await program.RunAsync("run", "--raw", "raw");

        var demo = await program.RunAsync("run");
        var other = await program.RunAsync("query", "SELECT count(*) AS songs FROM song_data", "--format", "csv");
        var asked = await program.RunAsync("query", "SELECT count(*) AS songs FROM song_data", "--format", "csv", "--lake", "file:lake/demo");

        Assert.Contains("'query' and 'report' look at it with --lake file:lake/demo.", demo.Output, StringComparison.Ordinal);
        Assert.Equal(new Ended(0, "songs\n3\n", ""), other);
        Assert.Equal(new Ended(0, "songs\n84\n", ""), asked);
    }

    [Fact]
    public async Task A_lake_that_is_named_takes_it_where_it_is_empty_or_the_demos_and_nothing_else_then()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        Directory.CreateDirectory(program.PathOf("named"));

        var first = await program.RunAsync("run", "--lake", "named");
        var again = await program.RunAsync("run", "--lake", "named");
        var raw = await program.RunAsync("run", "--raw", "raw", "--lake", "named");
        program.Settings["Spotify__ClientId"] = "id";
        program.Settings["Spotify__ClientSecret"] = "secret";
        program.Settings["Spotify__Playlists"] = Playlist;
        var real = await program.RunAsync("run", "--lake", "named");
        var serve = await program.RunAsync("serve", "--port", "0", "--lake", "named");

        Assert.Equal((0, 0), (first.ExitCode, again.ExitCode));
        Assert.All([raw, real, serve], ended => Assert.Equal((2, ""), (ended.ExitCode, ended.Output)));
        Assert.All(
            [raw, real, serve],
            ended => Assert.Contains(
                $"The lake file:{program.PathOf("named")} is the demo's, and takes nothing else.", ended.Errors, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(program.PathOf("named/raw_data/to_process")));
    }

    [Theory]
    [InlineData("raw_data/to_process/left.json")]
    [InlineData("raw_data/processed/x.json")]
    [InlineData("transformed_data/song_data/song_transformed_x.csv")]
    [InlineData("run_data/runs/r.json")]
    public async Task A_lake_with_other_data_refuses_it_and_stays_as_it_is(string key)
    {
        using SpotifyEtlProgram program = new();
        program.Write($"named/{key}", "{}");

        var ended = await program.RunAsync("run", "--lake", "named");

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("holds other data, which the demo is kept apart from", ended.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(program.PathOf($"named/{DemoLake.Key}")));
    }

    [Fact]
    public async Task A_file_of_others_that_was_put_into_its_lake_is_refused_by_name()
    {
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run");
        program.Write("lake/demo/raw_data/to_process/mine.json", RawFile.Page("s", 3));

        var ended = await program.RunAsync("run");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("raw_data/to_process/mine.json in the lake", ended.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(program.PathOf("lake/demo/raw_data/to_process/mine.json")));
    }

    [Fact]
    public async Task A_server_without_credentials_loads_on_another_lake_what_lies_in_to_process_and_no_playlist()
    {
        using SpotifyEtlProgram program = new();
        program.Write("lake/spotify-etl-project-demo/raw_data/to_process/left.json", RawFile.Page("s", 3));
        await using var server = await program.ServeAsync();

        var run = await EndAsync(server);
        using var real = await StartAsync(server, $$"""{"playlists":["{{Playlist}}"]}""");
        using var demo = await StartAsync(server, $$"""{"playlists":["{{DemoPlaylist.Id}}"]}""");
        var ended = await server.StopAsync();

        Assert.Equal(3, (int?)run["result"]!["rows"]!["song"]);
        Assert.Empty(run["result"]!["playlists"]!.AsArray());
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (real.StatusCode, demo.StatusCode));
        Assert.Contains(
            "Spotify__ClientId and Spotify__ClientSecret are not set",
            (string?)(await real.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["message"],
            StringComparison.Ordinal);
        Assert.Contains("No Spotify credentials are set: runs load what lies in raw_data/to_process", ended.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(program.PathOf("lake/demo")));
    }

    [Fact]
    public async Task A_server_of_the_demo_says_so_on_its_pages_and_refuses_other_playlists()
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();

        var page = await server.Http.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);
        using var real = await StartAsync(server, $$"""{"playlists":["{{Playlist}}"]}""");
        var run = await EndAsync(server);
        var ended = await server.StopAsync();

        Assert.Contains("""<aside class="demo" aria-label="Demo">Demo: """, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, real.StatusCode);
        Assert.Equal("Loaded", (string?)run["result"]!["playlists"]![0]!["status"]);
        Assert.Contains("Demo: no Spotify credentials are set, so runs load", ended.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(program.Lake));
    }

    [Fact]
    public async Task An_interrupted_run_of_playlists_is_not_taken_up_without_credentials()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        using (SilentServer spotify = new())
        {
            spotify.HoldUp(program);
            using var killed = program.Start("run");
            await spotify.CalledAsync();
            killed.Kill();
            await killed.WaitForExitAsync(Cancellation);
        }

        program.Settings.Clear();
        var serve = await program.RunAsync("serve", "--port", "0");
        var raw = await program.RunAsync("run", "--raw", "raw");
        var demo = await program.RunAsync("run", "--json");
        var list = await program.RunAsync("runs", "list", "--json");

        Assert.All([serve, raw], ended => Assert.Equal((2, ""), (ended.ExitCode, ended.Output)));
        Assert.All(
            [serve, raw],
            ended => Assert.Contains(
                "was interrupted, and cannot go on like this. Spotify__ClientId and Spotify__ClientSecret", ended.Errors, StringComparison.Ordinal));
        Assert.Equal(0, demo.ExitCode);
        Assert.Equal("Interrupted", (string?)Assert.Single(JsonNode.Parse(list.Output)!.AsArray())!["status"]);
    }

    [Fact]
    public async Task Half_of_Spotifys_settings_keeps_nobody_from_what_needs_no_Spotify()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        program.Settings["Spotify__RefreshToken"] = "a-users-token";
        program.Settings["Spotify__Sources"] = "me/tracks";

        var run = await program.RunAsync("run", "--raw", "raw");
        var query = await program.RunAsync("query", "--name", "top_songs");

        Assert.Equal((0, 0), (run.ExitCode, query.ExitCode));
    }

    private static Task<HttpResponseMessage> StartAsync(ServingProgram server, string body) =>
        server.Http.PostAsync("api/runs", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Cancellation);

    private static async Task<JsonObject> EndAsync(ServingProgram server)
    {
        using var answer = await server.Http.PostAsync("api/runs", content: null, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var runId = (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["runId"]!;
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
