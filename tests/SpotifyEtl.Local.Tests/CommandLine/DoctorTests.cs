using System.Text.Json.Nodes;
using SpotifyEtl.Catalog;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.CommandLine;

public sealed class DoctorTests
{
    [Fact]
    public async Task With_nothing_configured_it_says_what_is_missing_changes_nothing_and_ends_with_0()
    {
        using SpotifyEtlProgram program = new();

        var ended = await program.RunAsync("doctor");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Contains("warning  credentials    Spotify__ClientId and Spotify__ClientSecret are not set", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Fix: Set both to what the app's page at https://developer.spotify.com/dashboard shows.", ended.Output, StringComparison.Ordinal);
        Assert.Contains("ok       settings       settings, schedule\n", ended.Output, StringComparison.Ordinal);
        Assert.EndsWith($"{6 + Table.Crawled.Count} ok, 1 warning, 0 failed.\n", ended.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(program.Folder));
    }

    [Fact]
    public async Task After_a_run_the_lake_is_probed_and_left_as_it_was()
    {
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run");
        var before = Directory.GetFiles(program.DemoLake, "*", SearchOption.AllDirectories);

        var findings = await FindingsAsync(program, 0);

        Assert.Equal("Ok file:" + program.DemoLake + " can be written, read, listed and deleted from.", Assert.Single(findings["lake"]));
        Assert.Equal(Table.Crawled.Count, findings["crawler"].Count(text => text.EndsWith("succeeded.", StringComparison.Ordinal)));
        Assert.Equal("Ok The files of 2 months are as they were written.", Assert.Single(findings["typed tables"]));
        Assert.Equal($"Ok {program.PathOf(".spotify-etl/demo")} is whole and free.", Assert.Single(findings["state folder"]));
        Assert.Equal(before, Directory.GetFiles(program.DemoLake, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Typed_files_that_are_damaged_and_files_that_are_none_of_the_tables_are_named()
    {
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run");
        var songs = Directory.GetFiles(Path.Combine(program.DemoLake, "analytics_data", "songs"), "*.parquet", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(songs, "PAR1 no more", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(songs)!, "notes.txt"), "mine", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(program.DemoLake, "transformed_data", "song_data", "mine.csv"), "a,b\n1,2\n", TestContext.Current.CancellationToken);
        var run = await program.RunAsync("reprocess", "--json");

        await File.WriteAllTextAsync(songs, "PAR1 no more", TestContext.Current.CancellationToken);
        var findings = await FindingsAsync(program, 0);

        Assert.Equal((0, true), (run.ExitCode, run.Output.Contains("mine.csv", StringComparison.Ordinal)));
        Assert.All(findings["typed tables"], text => Assert.StartsWith("Warning ", text, StringComparison.Ordinal));
        Assert.Contains(findings["typed tables"], text => text.Contains("notes.txt", StringComparison.Ordinal));
        Assert.Contains(findings["typed tables"], text => text.Contains(Path.GetFileName(songs), StringComparison.Ordinal));
        Assert.Contains(findings["crawler"], text => text.Contains("mine.csv", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_that_Spotify_takes_are_ok_and_shown_nowhere()
    {
        await using var spotify = await SpotifyServer.StartAsync();
        using var program = Program(spotify);
        program.Settings["Spotify__RefreshToken"] = SpotifyServer.RefreshToken;
        program.Settings["Spotify__AuthorizedAt"] = "2020-01-01";
        program.Settings["Spotify__Playlists"] = SpotifyServer.PlaylistId;

        var ended = await program.RunAsync("doctor", "--all", "--verbose");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("ok       credentials    Spotify takes them: signed in as the user", ended.Output, StringComparison.Ordinal);
        Assert.Contains("failed   credentials    The user's authorization ended on 2020-07-01.", ended.Output, StringComparison.Ordinal);
        Assert.Contains($"ok       playlists      A run loads 1: {SpotifyServer.PlaylistId}.", ended.Output, StringComparison.Ordinal);
        Assert.All(
            new[] { SpotifyServer.ClientSecret, SpotifyServer.RefreshToken, SpotifyServer.AccessToken },
            secret => Assert.DoesNotContain(secret, ended.Output + ended.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_that_Spotify_refuses_fail_with_what_to_do()
    {
        await using var spotify = await SpotifyServer.StartAsync();
        using var program = Program(spotify);
        program.Settings["Spotify__ClientSecret"] = "wrongsecret";

        var ended = await program.RunAsync("doctor");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("failed   credentials    Spotify's accounts service refused the app's credentials", ended.Output, StringComparison.Ordinal);
        Assert.Contains("warning  playlists      Spotify__Playlists and Spotify__Sources are not set", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wrongsecret", ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_S3_the_bucket_the_crawlers_and_the_work_group_are_looked_at()
    {
        await using var server = await AwsServer.StartAsync();
        server.S3.CreateBucket("lake-bucket");
        foreach (var table in Table.Crawled.SkipLast(1))
        {
            server.Glue.Create(CatalogOptions.CrawlerOf(table));
        }

        server.Athena.Answer = _ => new AthenaAnswer([("one", "integer")], [["1"]]);
        using SpotifyEtlProgram program = new();
        program.Settings["AWS_ENDPOINT_URL"] = server.Url;
        program.Settings["AWS_REGION"] = AwsServer.Region;
        program.Settings["AWS_ACCESS_KEY_ID"] = AwsServer.AccessKey;
        program.Settings["AWS_SECRET_ACCESS_KEY"] = AwsServer.SecretKey;

        var findings = await FindingsAsync(program, 1, "--lake", "s3://lake-bucket");

        Assert.Equal("Ok s3://lake-bucket can be written, read, listed and deleted from.", Assert.Single(findings["lake"]));
        Assert.Equal(Table.Crawled.Count - 1, findings["crawler"].Count(text => text.StartsWith("Ok ", StringComparison.Ordinal)));
        Assert.Contains("Failed Glue has no crawler spotify_rejected_crawler", findings["crawler"].Last(), StringComparison.Ordinal);
        Assert.Equal("Ok primary answers queries.", Assert.Single(findings["work group"]));
        Assert.Equal("SELECT 1 AS one", (string?)Assert.Single(server.Athena.Starts)["QueryString"]);
        using var s3 = server.S3Client();
        Assert.Empty((await s3.ListObjectsV2Async(new() { BucketName = "lake-bucket" }, TestContext.Current.CancellationToken)).S3Objects ?? []);
    }

    [Fact]
    public async Task Where_nobody_answers_for_AWS_it_says_what_to_look_at()
    {
        using SpotifyEtlProgram program = new();
        program.Settings["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
        program.Settings["AWS_REGION"] = AwsServer.Region;
        program.Settings["AWS_ACCESS_KEY_ID"] = AwsServer.AccessKey;
        program.Settings["AWS_SECRET_ACCESS_KEY"] = AwsServer.SecretKey;

        var ended = await program.RunAsync("doctor", "--lake", "s3://lake-bucket");

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(
            2 + Table.Crawled.Count,
            ended.Output.Split("Fix: Check the network and the region (AWS_REGION), and AWS_ENDPOINT_URL if it is set; then try again.").Length - 1);
        Assert.DoesNotContain(AwsServer.SecretKey, ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_not_allowed_are_all_named_and_end_it_with_2()
    {
        using SpotifyEtlProgram program = new();
        program.Settings["Runs__KeepDays"] = "0";
        program.Settings["Catalog__Timeout"] = "00:00:00";

        var ended = await program.RunAsync("doctor");
        var run = await program.RunAsync("run");

        Assert.All([ended.Output, run.Errors], said => Assert.Contains("Runs__KeepDays is 0", said, StringComparison.Ordinal));
        Assert.All([ended.Output, run.Errors], said => Assert.Contains("Catalog__Timeout is 00:00:00", said, StringComparison.Ordinal));
        Assert.Equal((2, 2), (ended.ExitCode, run.ExitCode));
        Assert.DoesNotContain("   at ", ended.Errors + run.Errors, StringComparison.Ordinal);
        Assert.EndsWith("0 ok, 0 warnings, 2 failed.\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_that_is_none_and_a_setting_that_nothing_reads_are_told()
    {
        using SpotifyEtlProgram program = new();
        program.Settings["Schedule"] = "99 * *";
        program.Settings["Lake__Url"] = "s3://typo";
        program.Settings["Notify__Webhook"] = "http://127.0.0.1:1/typo";
        program.Write(".spotify-etl/note", "");

        var findings = await FindingsAsync(program, 2);

        Assert.StartsWith("Failed '99 * *' is no schedule: it has 3 fields.", Assert.Single(findings["schedule"]), StringComparison.Ordinal);
        Assert.Contains("Warning Lake__Url is set, and nothing reads it.", findings["settings"]);
        Assert.Contains("Warning Notify__Webhook is set, and nothing reads it.", findings["settings"]);
    }

    [Fact]
    public async Task A_state_folder_that_a_server_holds_is_ok_and_one_that_is_a_file_has_failed()
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();
        program.Write("file", "");

        var held = await FindingsAsync(program, 0);
        var file = await FindingsAsync(program, 1, "--state", "file/state");

        Assert.Contains("is held by a server: process ", Assert.Single(held["state folder"]), StringComparison.Ordinal);
        Assert.StartsWith(
            $"Failed {program.PathOf("file/state")} cannot be made: {program.PathOf("file")} is a file.",
            Assert.Single(file["state folder"]),
            StringComparison.Ordinal);
    }

    private static async Task<ILookup<string, string>> FindingsAsync(SpotifyEtlProgram program, int exitCode, params string[] arguments)
    {
        var ended = await program.RunAsync(["doctor", "--json", .. arguments]);
        Assert.Equal((exitCode, ""), (ended.ExitCode, ended.Errors));
        return JsonNode.Parse(ended.Output)!["findings"]!.AsArray().ToLookup(
            finding => (string)finding!["check"]!, finding => $"{finding!["verdict"]} {finding["message"]}");
    }

    private static SpotifyEtlProgram Program(SpotifyServer spotify)
    {
        SpotifyEtlProgram program = new();
        program.Settings["Spotify__ClientId"] = SpotifyServer.ClientId;
        program.Settings["Spotify__ClientSecret"] = SpotifyServer.ClientSecret;
        program.Settings["Spotify__ApiBaseUrl"] = spotify.ApiBaseUrl;
        program.Settings["Spotify__TokenUrl"] = spotify.TokenUrl;
        return program;
    }
}
