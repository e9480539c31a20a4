using System.Text.Json;
using System.Text.Json.Nodes;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.CommandLine;

public sealed class RunTests
{
    private static readonly string[] s_tables = [.. Table.All.Select(table => table.CatalogName)];

    [Fact]
    public async Task The_demo_leaves_every_table_and_an_answer_and_the_second_time_skips_what_has_not_changed()
    {
        using SpotifyEtlProgram program = new();

        var first = await program.RunProcessAsync("run");
        var second = await program.RunProcessAsync("run");

        Assert.Equal((0, string.Empty), (first.ExitCode, first.Complaints));
        Assert.Contains("loading the built-in demo playlist", first.Output, StringComparison.Ordinal);
        Assert.All(s_tables, table => Assert.Contains(table, first.Output, StringComparison.Ordinal));
        Assert.Contains("loaded: Lighthouse Radio: the sixty, 60 items", first.Output, StringComparison.Ordinal);
        Assert.Contains("Harbour, Then Rain", first.Output, StringComparison.Ordinal);
        Assert.Equal(
            s_tables.Order(StringComparer.Ordinal),
            Directory.GetDirectories(Path.Combine(program.DemoLake, "transformed_data")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("has not changed since it was loaded", second.Output, StringComparison.Ordinal);
        Assert.Contains("Harbour, Then Rain", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', first.Output);
    }

    [Fact]
    public async Task Nothing_is_left_in_the_home_folder()
    {
        using SpotifyEtlProgram program = new();
        var home = Directory.CreateDirectory(program.PathOf("home"));
        program.Settings["HOME"] = home.FullName;

        var ended = await program.RunProcessAsync("run");

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Complaints));
        Assert.Empty(home.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Json_prints_one_object_and_nothing_else()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));

        var ended = await program.RunAsync("run", "--raw", "raw", "--json");

        var result = JsonNode.Parse(ended.Output)!;
        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(
            ["runId", "status", "playlists", "sources", "files", "rows", "rejected", "warnings", "problems", "crawlers", "elapsedMs"],
            result.AsObject().Select(property => property.Key));
        Assert.Equal("Succeeded", (string?)result["status"]);
        Assert.Equal(Table.All.Select(table => table.Name), result["rows"]!.AsObject().Select(table => table.Key));
        (string Table, int Rows)[] rows = [("album", 3), ("artist", 9), ("song", 3), ("playlist", 3), ("song_artist", 6), ("rejected", 0)];
        Assert.All(rows, table => Assert.Equal(table.Rows, (int)result["rows"]![table.Table]!));
        Assert.Equal("""{"transformed":1,"rejected":0,"failed":0}""", result["files"]!.ToJsonString());
    }

    [Fact]
    public async Task Verbose_logs_tell_the_story_of_the_run_on_stderr_with_its_id_on_each_line()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        program.Write("raw/bad.json", "[");

        var demo = await program.RunAsync("run", "--json", "--verbose");
        var raw = await program.RunProcessAsync("run", "--raw", "raw", "--json", "--verbose");

        var demoId = JsonNode.Parse(demo.Output)!["runId"];
        var rawId = JsonNode.Parse(raw.Output)!["runId"];
        Assert.Contains(
            $"Run {demoId} started on file:{program.DemoLake}: 1 playlists and 1 other sources to extract, forced False, staged files False, "
            + "reprocessing False\n",
            demo.Errors,
            StringComparison.Ordinal);
        Assert.Contains($"Run {demoId}: playlist SpotifyEtlDemoPlaylist Loaded, 60 items\n", demo.Errors, StringComparison.Ordinal);
        Assert.Contains($"Run {rawId}: file a.json transformed, 3 songs, 0 rows rejected\n", raw.Errors, StringComparison.Ordinal);
        Assert.Contains($"Run {rawId}: file bad.json set aside, truncated\n", raw.Errors, StringComparison.Ordinal);
        Assert.All(
            Table.Crawled,
            table => Assert.Contains($"Run {rawId}: crawler spotify_{table.Name}_crawler Succeeded\n", raw.Errors, StringComparison.Ordinal));
        Assert.Contains($"Run {rawId} ended: Succeeded, 1 files transformed, 1 rejected\n", raw.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_files_are_set_aside_with_the_place_and_the_reason_and_the_others_are_loaded()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/good.json", RawFile.Page("s", 2));
        program.Write("raw/empty.json", "");
        program.Write("raw/text.json", "no JSON at all");
        program.Write("raw/truncated.json", RawFile.Page("s", 2)[..300]);
        program.Write("raw/kind.json", """{"hello": "world"}""");
        program.Write("raw/lines.json", "{\n  \"items\": [\n    {},,\n  ]\n}");

        var ended = await program.RunAsync("run", "--raw", "raw", "--json");

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("""{"transformed":1,"rejected":5,"failed":0}""", JsonNode.Parse(ended.Output)!["files"]!.ToJsonString());
        Assert.Equal(["good.json"], FilesIn("processed"));
        Assert.Equal(
            [
                "empty.json",
                "empty.json.error.json",
                "kind.json",
                "kind.json.error.json",
                "lines.json",
                "lines.json.error.json",
                "text.json",
                "text.json.error.json",
                "truncated.json",
                "truncated.json.error.json"
            ],
            FilesIn("rejected"));
        Assert.Equal((300, 1), Place("truncated"));
        Assert.Equal((1, 1), Place("text"));
        Assert.Equal((22, 3), Place("lines"));
        Assert.All(["empty", "text", "truncated", "kind", "lines"], name => Assert.NotEmpty((string?)Error(name)["message"] ?? ""));

        IEnumerable<string?> FilesIn(string folder) => Directory.GetFiles(Path.Combine(program.Lake, "raw_data", folder)).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal);

        JsonNode Error(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(program.Lake, "raw_data", "rejected", name + ".json.error.json")))!;

        (int?, int?) Place(string name) => ((int?)Error(name)["byteOffset"], (int?)Error(name)["line"]);
    }

    [Fact]
    public async Task The_same_files_twice_or_into_another_lake_give_the_same_bytes()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 30));
        program.Write("raw/bad.json", "[");

        await program.RunAsync("run", "--raw", "raw");
        var first = SpotifyEtlProgram.Contents(program.Lake);
        await program.RunAsync("run", "--raw", "raw");
        var again = SpotifyEtlProgram.Contents(program.Lake);
        await program.RunAsync("run", "--raw", "raw", "--lake", "file:other");
        var other = SpotifyEtlProgram.Contents(program.PathOf("other"));

        Assert.Contains(first.Keys, key => key.StartsWith(LakeKeys.Transformed, StringComparison.Ordinal));
        Assert.Equal(first, again);
        Assert.Equal(first, other);
    }

    [Fact]
    public async Task Killed_at_any_moment_and_started_again_the_lake_ends_as_that_of_an_undisturbed_run()
    {
        const int Rounds = 6;
        using SpotifyEtlProgram program = new();
        foreach (var number in Enumerable.Range(0, 40))
        {
            program.Write($"raw/f{number:00}.json", number % 20 == 7 ? "[1," : RawFile.Page($"f{number}s", 40));
        }

        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        await program.RunAsync("run", "--raw", "raw", "--lake", "file:undisturbed", "--state", "undisturbed-state");
        var duration = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        var expected = SpotifyEtlProgram.Contents(program.PathOf("undisturbed"));
        Assert.Equal((38, 2 * 2), (Count(expected, LakeKeys.Processed), Count(expected, LakeKeys.Rejected)));

        for (var round = 0; round < Rounds; round++)
        {
            string[] arguments = ["run", "--raw", "raw", "--lake", $"file:lake{round}", "--state", $"state{round}"];
            await program.KillAsync(duration * ((round + 0.5) / Rounds), arguments);
            var ended = await program.RunAsync([.. arguments, "--json"]);

            Assert.Equal(0, ended.ExitCode);
            Assert.Equal(expected, SpotifyEtlProgram.Contents(program.PathOf($"lake{round}")));
            Assert.Empty(Directory.GetFiles(program.PathOf($"lake{round}/.tmp")));
        }
    }

    [Fact]
    public async Task A_killed_demo_goes_on_as_the_same_run()
    {
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run", "--lake", "file:warm", "--state", "warm");
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        await program.RunAsync("run", "--lake", "file:warm2", "--state", "warm2");
        var duration = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        foreach (var round in Enumerable.Range(0, 3))
        {
            string[] where = ["--lake", $"file:lake{round}", "--state", $"state{round}"];
            await program.KillAsync(duration * ((round + 1) / 4.0), ["run", .. where]);
            var ended = await program.RunAsync(["run", .. where]);

            Assert.Equal(0, ended.ExitCode);
            Assert.Equal(2, Directory.GetFiles(program.PathOf($"lake{round}/transformed_data/song_data")).Length);
            Assert.Single(Directory.GetFiles(program.PathOf($"lake{round}/run_data/sources")));
            Assert.Empty(Directory.GetFiles(program.PathOf($"lake{round}/raw_data/to_process")));
            var again = await program.RunAsync(["run", .. where]);
            var plays = await program.RunAsync(
                "query", "SELECT count(*) AS plays, count(DISTINCT played_at) AS times FROM plays", "--format", "csv", "--lake", where[1]);

            Assert.Contains("me/player/recently-played skipped", again.Output, StringComparison.Ordinal);
            Assert.Equal($"plays,times\n{DemoPlays.Newest.Count},{DemoPlays.Newest.Count}\n", plays.Output);
        }
    }

    [Fact]
    public async Task A_file_left_by_an_earlier_run_is_loaded_by_the_next()
    {
        using SpotifyEtlProgram program = new();
        program.Write("lake/spotify-etl-project-demo/raw_data/to_process/left.json", RawFile.Page("left", 2));
        program.Write("raw/new.json", RawFile.Page("new", 3));

        var ended = await program.RunAsync("run", "--raw", "raw", "--json");

        Assert.Equal(5, (int?)JsonNode.Parse(ended.Output)!["rows"]!["song"]);
    }

    [Fact]
    public async Task A_second_process_on_the_same_state_folder_is_refused_with_1_and_told_who_holds_it()
    {
        using SpotifyEtlProgram program = new();
        Directory.CreateDirectory(program.PathOf(".spotify-etl"));
        using var held = new FileStream(program.PathOf(".spotify-etl/taskhub.db.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        program.Write(".spotify-etl/taskhub.db.holder", """{"processId":4711,"machine":"here","since":"2026-11-22T06:00:00Z"}""");

        program.Write("raw/a.json", RawFile.Page("s", 3));

        var ended = await program.RunAsync("run", "--raw", "raw");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("is held by process 4711 on here since 2026-11-22T06:00:00Z", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_from_local_settings_json_and_the_command_line_goes_before_it()
    {
        using SpotifyEtlProgram program = new();
        program.Write("local.settings.json", """{ "IsEncrypted": false, "Values": { "Lake__Uri": "file:from-settings", "Quality__MaxRejectedShare": "0" } }""");
        program.Write("raw/a.json", """{"items":[null]}""");

        await program.RunAsync("run", "--raw", "raw");
        await program.RunAsync("run", "--raw", "raw", "--lake", "file:from-command-line");

        Assert.True(File.Exists(program.PathOf("from-settings/raw_data/rejected/a.json")));
        Assert.True(File.Exists(program.PathOf("from-command-line/raw_data/rejected/a.json")));
    }

    [Theory]
    [InlineData("csv", "songs\n3\n")]
    [InlineData("json", "[\n{\"songs\":3}\n]\n")]
    [InlineData("table", "songs\n-----\n    3\n(1 row)\n")]
    public async Task A_query_answers_in_the_format_asked_for(string format, string expected)
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        await program.RunAsync("run", "--raw", "raw");

        var ended = await program.RunProcessAsync("query", "SELECT count(*) AS songs FROM song_data", "--format", format);

        Assert.Equal(new Ended(0, expected, string.Empty), ended);
    }

    [Fact]
    public async Task A_statement_that_is_refused_ends_with_1_and_the_engines_reason()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        await program.RunAsync("run", "--raw", "raw");

        var ended = await program.RunAsync("query", "SELECT no_such FROM song_data");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("no_such", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_of_a_run_and_of_its_files_is_one_line_of_JSON()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));

        var ended = await program.RunAsync("run", "--raw", "raw", "--json");
        var runId = (string?)JsonNode.Parse(ended.Output)!["runId"];
        var run = await File.ReadAllLinesAsync(Path.Combine(program.Lake, "run_data", "runs", runId + ".json"), TestContext.Current.CancellationToken);
        var file = await File.ReadAllLinesAsync(Path.Combine(program.Lake, "run_data", "files", runId!, "a.json"), TestContext.Current.CancellationToken);

        Assert.Equal(3, JsonDocument.Parse(Assert.Single(run)).RootElement.GetProperty("rows").GetProperty("song").GetInt32());
        Assert.Equal(3, JsonDocument.Parse(Assert.Single(file)).RootElement.GetProperty("items").GetInt32());
    }

    private static int Count(IReadOnlyDictionary<string, string> contents, string prefix) =>
        contents.Keys.Count(key => key.StartsWith(prefix, StringComparison.Ordinal));
}
