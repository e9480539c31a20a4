using SpotifyEtl.Catalog.Queries;

namespace SpotifyEtl.Local.Tests.CommandLine;

public sealed class UsageTests
{
    public static TheoryData<string[], string> Wrong => new()
    {
        { ["fly"], "Usage: spotify-etl run | serve | runs | reprocess | query" },
        { [], "Usage: spotify-etl run | serve | runs | reprocess | query" },
        { ["rn"], "There is no 'rn'. Did you mean 'run'?" },
        { ["runs", "sho"], "There is no 'sho'. Did you mean 'show'?" },
        { ["run", "--fast"], "run has no option --fast.\nUsage: " },
        { ["run", "--plalist", "x"], "run has no option --plalist. Did you mean '--playlist'?\nUsage: " },
        { ["run", "more"], "run takes no 'more' here." },
        { ["run", "--playlist"], "Required argument missing for option: '--playlist'." },
        { ["completion", "tcsh"], "There is no script for tcsh. There are those for bash, zsh, fish, pwsh." },
        { ["run", "--raw", "nowhere.json"], "--raw nowhere.json: there is no such file or folder." },
        { ["run", "--playlist", "37i9"], "'37i9' is no playlist id. An id is 22 letters and digits, such as " },
        { ["run", "--playlist", "4hRz0PqVt2mXk9wYc7LbNa"], "Spotify__ClientId and Spotify__ClientSecret are not set" },
        { ["run", "--source", "me/albums"], "'me/albums' is no source. Allowed are playlist:{id}, me/playlists, me/tracks, me/top/tracks:short_term" },
        { ["run", "--source", "me/tracks"], "Spotify__ClientId and Spotify__ClientSecret are not set" },
        { ["authorize", "--source", "tracks"], "'tracks' is no source. Allowed are" },
        { ["run", "--lake", "gs://bucket"], "Lake__Uri (--lake) is 'gs://bucket'" },
        { ["run", "--lake", "s3://b"], "Lake__Uri is 's3://b'" },
        { ["run", "--lake", "ftp://x"], "ftp: is not known" },
        { ["serve", "--port", "70000"], "--port 70000: a port is a number from 0 (any that is free) to 65535." },
        { ["serve", "--port", "many"], "--port many: give a whole number." },
        { ["authorize", "--port", "1.5"], "--port 1.5: give a whole number." },
        { ["runs", "list", "--top", "all"], "--top all: give a whole number." },
        { ["runs", "purge", "--older-than", "a week"], "--older-than a week: give a whole number." },
        { ["runs"], "Usage: spotify-etl runs list | show | cancel | rerun | purge" },
        { ["runs", "show"], "'spotify-etl runs show --help' tells more." },
        { ["runs", "list"], "There is no state folder" },
        { ["runs", "list", "--status", "Done"], "--status Done: give one of Running, Suspended, Interrupted, Succeeded, Failed, Cancelled." },
        { ["reprocess", "--from", "1 May"], "--from 1 May: a day is given as YYYY-MM-DD, such as 2026-11-30." },
        { ["reprocess", "--from", "2024-06-02", "--to", "2024-06-01"], "There is no day from 2024-06-02 to 2024-06-01" },
        { ["query"], "Give an SQL statement" },
        { ["query", "SELECT 1", "--name", "top_songs"], "not both" },
        { ["query", "--name", "no_such"], $"There is no query 'no_such'. There are {string.Join(", ", NamedQueries.All.Select(query => query.Name))}." },
        { ["query", "--name", "top_song"], "There is no query 'top_song'. Did you mean 'top_songs'?" },
        { ["query", "SELECT 1", "--format", "xml"], "--format xml: give one of table, vertical, csv, json, parquet, markdown." },
        { ["query", "SELECT 1", "--out", "songs"], "does not tell the format. Give --format, or a name that ends in .csv, .json, .md, .parquet, .txt." },
        { ["query", "SELECT 1", "--out", "no/such.csv"], "there is no folder" },
        { ["query", "SELECT 1", "--out", "/dev/null", "--format", "csv"], "that is no file" },
        { ["query", "--name", "top_songs", "--as-view", "--out", "x.csv"], "it takes neither --out nor --format" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_command_line_ends_with_2_and_says_what_is_wrong(string[] arguments, string message)
    {
        using SpotifyEtlProgram program = new();

        var ended = await program.RunAsync(arguments);

        Assert.Equal((2, string.Empty), (ended.ExitCode, ended.Output));
        Assert.Contains(message, ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", ended.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(program.Folder));
    }

    [Theory]
    [InlineData(
        "Spotify__RefreshToken", "@Microsoft.KeyVault(VaultName=v;SecretName=s)", "Spotify__RefreshToken refers to a key vault and Azure has not resolved it.")]
    [InlineData("Catalog__Timeout", "soon", "Catalog__Timeout is 'soon'; it must be a time such as 00:30:00.")]
    [InlineData("Catalog__Timeout", "00:00:00", "Catalog__Timeout is 00:00:00; it must be more than zero")]
    [InlineData("Quality__MaxRejectedShare", "half", "Quality__MaxRejectedShare is 'half'; it must be a number from 0 to 1.")]
    [InlineData("Quality__MaxRejectedShare", "1.5", "Quality__MaxRejectedShare is 1.5: it must be a number from 0 to 1.")]
    [InlineData("Spotify__ClientSecret", "hush", "Spotify__ClientId")]
    [InlineData("EmbeddedHost__Http__MaxRequestBytes", "many", "EmbeddedHost__Http__MaxRequestBytes is 'many'; it must be a whole number.")]
    [InlineData("EmbeddedHost__OrchestratorTimeLimit", "soon", "EmbeddedHost__OrchestratorTimeLimit is 'soon'; it must be a time such as 00:01:00.")]
    public async Task A_setting_that_is_not_allowed_ends_with_2_and_is_named(string name, string value, string message)
    {
        using SpotifyEtlProgram program = new();
        program.Settings[name] = value;

        var ended = await program.RunAsync("run");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(message, ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", ended.Errors + ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "extensions": { "durableTask": { "maxConcurrentActivityFunctions": "8" } } }""", "extensions.durableTask.maxConcurrentActivityFunctions is \"8\"")]
    [InlineData("""{ "extensions": { "durableTask": { "extendedSessionIdleTimeoutInSeconds": 86401 } } }""", "extendedSessionIdleTimeoutInSeconds is 86401")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "a{b" } } }""", "extensions.http.routePrefix is \"a{b\"")]
    [InlineData("""{ "functionTimeout": "99.00:00:00" }""", "functionTimeout is \"99.00:00:00\"")]
    public async Task A_setting_of_host_json_that_is_not_allowed_ends_with_2_and_is_named(string json, string message)
    {
        using SpotifyEtlProgram program = new();
        program.Write("app/host.json", json);
        program.Settings["EmbeddedHost__AppFolder"] = program.PathOf("app");

        var ended = await program.RunAsync("run");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(message, ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_raw_files_that_would_write_the_same_tables_end_with_2()
    {
        using SpotifyEtlProgram program = new();
        program.Write("a/x.json", RawFile.Page("s", 1));
        program.Write("b/spotify_raw_x.json", RawFile.Page("s", 1));

        var ended = await program.RunAsync("run", "--raw", "a", "--raw", "b");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("would write the same tables (named after 'x')", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "run ")]
    [InlineData("run --help", "spotify-etl run --raw dumps/")]
    [InlineData("query --help", "top_songs")]
    [InlineData("serve --help", "spotify-etl serve\n")]
    [InlineData("reprocess --help", "spotify-etl reprocess --dry-run\n")]
    [InlineData("report --help", "spotify-etl report --out charts.html\n")]
    [InlineData("authorize --help", "spotify-etl authorize --source me/tracks\n")]
    [InlineData("doctor --help", "spotify-etl doctor --json\n")]
    [InlineData("completion --help", "source <(spotify-etl completion bash)")]
    [InlineData("runs --help", "spotify-etl runs list --status Failed\n")]
    [InlineData("runs list --help", "spotify-etl runs list --json\n")]
    [InlineData("runs show --help", "spotify-etl runs show manual-")]
    [InlineData("runs cancel --help", "spotify-etl runs cancel manual-")]
    [InlineData("runs rerun --help", "spotify-etl runs rerun manual-")]
    [InlineData("runs purge --help", "spotify-etl runs purge --older-than 90\n")]
    public async Task Help_teaches(string arguments, string expected)
    {
        using SpotifyEtlProgram program = new();

        var ended = await program.RunAsync(arguments.Split(' '));

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Errors));
        Assert.Contains(expected, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lake_that_cannot_be_written_ends_with_1_and_names_the_path_and_the_reason()
    {
        using SpotifyEtlProgram program = new();
        var file = program.Write("in-the-way", "a file");

        var ended = await program.RunAsync("run", "--lake", $"file:{file}/lake");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"The lake folder {file}/lake cannot be written: ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_view_of_a_named_query_is_printed_and_nothing_run()
    {
        using SpotifyEtlProgram program = new();

        var ended = await program.RunAsync("query", "--name", "chart_moves", "--as-view");
        var without = await program.RunAsync("query", "SELECT 1", "--as-view");

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Errors));
        Assert.StartsWith("CREATE OR REPLACE VIEW chart_moves AS\n-- Every song of each playlist's newest snapshot", ended.Output, StringComparison.Ordinal);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("give it with --name", without.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_before_any_run_ends_with_1_and_says_what_to_run()
    {
        using SpotifyEtlProgram program = new();

        var ended = await program.RunAsync("query", "--name", "top_songs");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Run the pipeline first (spotify-etl run)", ended.Errors, StringComparison.Ordinal);
    }
}
