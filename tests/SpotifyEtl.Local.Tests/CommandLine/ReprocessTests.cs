using System.Text.Json.Nodes;

namespace SpotifyEtl.Local.Tests.CommandLine;

public sealed class ReprocessTests
{
    private const string Song = "transformed_data/song_data/song_transformed_p_20240515T060000Z.csv";

    [Fact]
    public async Task It_tells_what_would_change_then_changes_that_and_then_nothing()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/spotify_raw_p_20240515T060000Z.json", RawFile.Page("s", 3));
        program.Write("raw/foreign.json", RawFile.Page("f", 2));
        await program.RunAsync("run", "--raw", "raw");
        var right = SpotifyEtlProgram.Contents(program.Lake);
        await File.WriteAllTextAsync(Path.Combine(program.Lake, Song), "old rules", TestContext.Current.CancellationToken);
        var old = SpotifyEtlProgram.Contents(program.Lake);

        var preview = await program.RunAsync("reprocess", "--dry-run");
        var untouched = SpotifyEtlProgram.Contents(program.Lake);
        var ended = await program.RunAsync("reprocess", "--from", "2024-05-15", "--to", "2024-05-15", "--json");
        var again = await program.RunAsync("reprocess", "--dry-run", "--json");

        Assert.Equal(
            new Ended(0, $"changed  {Song}\n2 files read: 0 objects would be added, 1 changed, 0 removed. Nothing was written.\n", string.Empty), preview);
        Assert.Equal(old, untouched);
        Assert.Equal((0, """{"transformed":1,"rejected":0,"failed":0}"""), (ended.ExitCode, JsonNode.Parse(ended.Output)!["files"]!.ToJsonString()));
        Assert.Equal(right, SpotifyEtlProgram.Contents(program.Lake));
        Assert.Equal(new Ended(0, """{"files":2,"added":[],"changed":[],"removed":[]}""" + "\n", string.Empty), again);
    }

    [Fact]
    public async Task The_typed_tables_of_an_earlier_versions_lake_are_built_from_its_CSV_alone()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/spotify_raw_p_20240515T060000Z.json", RawFile.Page("s", 3));
        program.Write("raw/foreign.json", RawFile.Page("f", 2));
        await program.RunAsync("run", "--raw", "raw");
        var right = SpotifyEtlProgram.Contents(program.Lake);
        Directory.Delete(Path.Combine(program.Lake, "analytics_data"), recursive: true);
        Directory.Delete(Path.Combine(program.Lake, "run_data", "months"), recursive: true);

        var before = await program.RunAsync("query", "--name", "top_songs");
        var ended = await program.RunAsync("reprocess", "--months");
        var after = await program.RunAsync("query", "SELECT count(*) FROM songs", "--format", "csv");

        Assert.Equal(1, before.ExitCode);
        Assert.Contains("spotify-etl reprocess --months", before.Complaints, StringComparison.Ordinal);
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("months   2024-05, unknown written", ended.Output, StringComparison.Ordinal);
        Assert.Equal(right, SpotifyEtlProgram.Contents(program.Lake));
        Assert.EndsWith("5\n", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_of_the_typed_tables_alone_is_wrong_usage()
    {
        using SpotifyEtlProgram program = new();

        var ended = await program.RunAsync("reprocess", "--months", "--dry-run");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("give one of them", ended.Errors, StringComparison.Ordinal);
    }
}
