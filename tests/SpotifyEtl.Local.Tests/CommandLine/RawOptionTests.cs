using System.Text.Json.Nodes;
using SpotifyEtl.Local.Tests.Lake;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary><c>run --raw</c>: what it takes, what it passes over, and what it refuses before anything is staged.</summary>
public sealed class RawOptionTests
{
    [Fact]
    public async Task Whatever_cannot_be_read_or_kept_ends_with_2_and_all_the_names_before_anything_is_staged()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/good.json", RawFile.Page("s", 3));
        program.Write("other/spotify_raw_good.json", RawFile.Page("s", 3));
        await StrangeFiles.MakeAsync(program.PathOf("raw"));

        var ended = await program.RunAsync("run", "--raw", "raw", "--raw", "other", "--raw", "nowhere", "--raw", "/dev/null", "--raw", "raw/pipe.json");

        StrangeFiles.Remove(program.PathOf("raw"));
        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.All(StrangeFiles.All, strange => Assert.Contains(": " + strange.Fault, ended.Errors, StringComparison.Ordinal));
        Assert.Contains("would write the same tables (named after 'good')", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("--raw nowhere: there is no such file or folder.", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("--raw /dev/null: it is a device.", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(StrangeFiles.All.Count + 4, ended.Errors.TrimEnd().Split('\n').Length);
        Assert.False(Directory.Exists(program.PathOf("lake")));
    }

    [Fact]
    public async Task Of_a_folder_those_that_may_hold_JSON_are_taken_and_what_is_passed_over_is_told()
    {
        using SpotifyEtlProgram program = new();
        foreach (var name in new[] { "a.json", "B.JSON", "c.jsonl", "d.ndjson", "e.json.gz", "f.gz", "sub/g.json", "sub/deep/h.json" })
        {
            program.Write("raw/" + name, RawFile.Page(name[..1], 1));
        }

        foreach (var number in Enumerable.Range(0, 7))
        {
            program.Write($"raw/read-me-{number}.txt", "");
        }

        program.Write("raw/.hidden.json", "");
        program.Write("raw/a.json.error.json", "{}");

        var flat = await program.RunAsync("run", "--raw", "raw", "--json");
        var deep = await program.RunAsync("run", "--raw", "raw", "--recursive", "--lake", "file:other", "--state", "other-state");

        Assert.Contains("Staging 6 raw files.\n", flat.Errors, StringComparison.Ordinal);
        Assert.Contains(
            "Passed over: 9 files whose name ends in none of .json, .jsonl, .ndjson and .gz, or in .error.json "
            + "(raw/.hidden.json, raw/a.json.error.json, raw/read-me-0.txt, raw/read-me-1.txt, raw/read-me-2.txt, …), "
            + "and 1 sub-folder (--recursive looks into it too).\n",
            flat.Errors,
            StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse(flat.Output));
        Assert.Contains("Staging 8 raw files.\n", deep.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sub-folder", deep.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_leads_back_into_itself_is_not_followed()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/sub/a.json", RawFile.Page("s", 3));
        Directory.CreateSymbolicLink(program.PathOf("raw/sub/back"), program.PathOf("raw"));

        var ended = await program.RunAsync("run", "--raw", "raw", "--recursive");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("Staging 1 raw files.\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_waits_in_to_process_is_not_replaced_by_one_of_its_name()
    {
        using SpotifyEtlProgram program = new();
        program.Write("lake/raw_data/to_process/a.json", RawFile.Page("old", 2));
        program.Write("lake/raw_data/to_process/b.json", RawFile.Page("same", 1));
        program.Write("raw/a.json", RawFile.Page("new", 3));
        program.Write("raw/b.json", RawFile.Page("same", 1));

        var ended = await program.RunAsync("run", "--raw", "raw", "--lake", "file:lake");

        Assert.Equal(0, ended.ExitCode);
        var processed = Directory.GetFiles(program.PathOf("lake/raw_data/processed")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["a.json", "b.json"], processed.Where(name => !name!.Contains('~', StringComparison.Ordinal)));
        var marked = Assert.Single(processed, name => name!.Contains('~', StringComparison.Ordinal));
        Assert.Equal(RawFile.Page("old", 2), await ProcessedAsync("a.json"));
        Assert.Equal(RawFile.Page("new", 3), await ProcessedAsync(marked!));
        Assert.Contains($"a.json was renamed to {marked}: raw_data/to_process/a.json has other bytes", ended.Output, StringComparison.Ordinal);

        Task<string> ProcessedAsync(string name) =>
            File.ReadAllTextAsync(program.PathOf($"lake/raw_data/processed/{name}"), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("run --recursive", "--recursive says how --raw takes a folder")]
    [InlineData("run --raw above --source me/tracks", "give it, or --playlist and --source, not both")]
    [InlineData("run --raw empty", "--raw empty: the folder holds no *.json file")]
    [InlineData("run --raw above", "--recursive looks into its sub-folders too.")]
    public async Task What_takes_nothing_ends_with_2(string arguments, string message)
    {
        using SpotifyEtlProgram program = new();
        Directory.CreateDirectory(program.PathOf("empty"));
        program.Write("above/sub/a.json", "[]");

        var ended = await program.RunAsync(arguments.Split(' '));

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(message, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lies_in_to_process_and_is_no_readable_file_makes_no_run_wait_or_fail()
    {
        using SpotifyEtlProgram program = new();
        await StrangeFiles.MakeAsync(Path.Combine(program.Lake, "raw_data", "to_process"));
        program.Write("raw/a.json", RawFile.Page("s", 3));

        var ended = await program.RunAsync("run", "--raw", "raw", "--json");

        StrangeFiles.Remove(Path.Combine(program.Lake, "raw_data", "to_process"));
        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(3, (int?)JsonNode.Parse(ended.Output)!["rows"]!["song"]);
    }

    [Fact]
    public async Task A_run_of_raw_files_is_not_repeated_as_they_have_moved()
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        var run = await program.RunAsync("run", "--raw", "raw", "--json");
        var runId = (string)JsonNode.Parse(run.Output)!["runId"]!;

        var here = await program.RunAsync("runs", "rerun", runId);
        await using var server = await program.ServeAsync();
        var served = await program.RunAsync("runs", "rerun", runId);

        Assert.All([here, served], ended => Assert.Equal((2, ""), (ended.ExitCode, ended.Output)));
        Assert.All([here, served], ended => Assert.Contains("have moved to raw_data/processed", ended.Errors, StringComparison.Ordinal));
        Assert.All([here, served], ended => Assert.Contains("'spotify-etl reprocess'", ended.Errors, StringComparison.Ordinal));
    }
}
