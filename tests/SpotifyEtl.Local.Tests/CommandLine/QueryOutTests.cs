using ParquetSharp;
using SpotifyEtl.Local.Formats;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary><c>query --out</c>.</summary>
public sealed class QueryOutTests
{
    [Theory]
    [InlineData("songs.csv", "n\n1\n")]
    [InlineData("songs.JSON", "[\n{\"n\":1}\n]\n")]
    [InlineData("songs.md", "|   n |\n| --: |\n|   1 |\n")]
    [InlineData("songs.txt", "n\n-\n1\n(1 row)\n")]
    public async Task The_name_of_the_file_tells_the_format(string file, string expected)
    {
        using var program = await LoadedAsync();

        var ended = await program.RunAsync("query", "SELECT 1 AS n", "--out", file);

        Assert.Equal(new Ended(0, $"1 row is in {file}\n", ""), ended);
        Assert.Equal(expected, await File.ReadAllTextAsync(program.PathOf(file), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_format_that_is_asked_for_goes_before_the_name()
    {
        using var program = await LoadedAsync();

        await program.RunAsync("query", "SELECT 1 AS n", "--out", "songs.csv", "--format", "json");

        Assert.Equal("[\n{\"n\":1}\n]\n", await File.ReadAllTextAsync(program.PathOf("songs.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Parquet_goes_into_a_file_and_into_a_pipe()
    {
        using var program = await LoadedAsync();

        var ended = await program.RunAsync("query", "SELECT song_id, song_name FROM song_data", "--out", "songs.parquet");
        using var pipe = program.Start("query", "SELECT song_id, song_name FROM song_data", "--format", "parquet");
        using MemoryStream piped = new();
        await pipe.StandardOutput.BaseStream.CopyToAsync(piped, TestContext.Current.CancellationToken);
        await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("3 rows are in songs.parquet\n", ended.Output);
        var written = await File.ReadAllBytesAsync(program.PathOf("songs.parquet"), TestContext.Current.CancellationToken);
        using ParquetFileReader file = new(new ParquetSharp.IO.ManagedRandomAccessFile(new MemoryStream(written)));
        Assert.Equal(3, file.FileMetaData.NumRows);
        Assert.Equal(written, piped.ToArray());
    }

    [Fact]
    public async Task What_fails_on_the_way_leaves_the_file_that_was_there()
    {
        using var program = await LoadedAsync();
        program.Write("songs.csv", "before");

        var ended = await program.RunAsync("query", "SELECT CAST(IF(i = 5000, 'x', '1') AS BIGINT) FROM UNNEST(sequence(0, 9999)) t(i)", "--out", "songs.csv");

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal("before", await File.ReadAllTextAsync(program.PathOf("songs.csv"), TestContext.Current.CancellationToken));
        Assert.DoesNotContain(Directory.EnumerateFiles(program.Folder), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_stays_one()
    {
        using var program = await LoadedAsync();
        File.CreateSymbolicLink(program.PathOf("link.csv"), program.Write("target.csv", "before"));

        await program.RunAsync("query", "SELECT 1 AS n", "--out", "link.csv");

        Assert.Equal("n\n1\n", await File.ReadAllTextAsync(program.PathOf("target.csv"), TestContext.Current.CancellationToken));
        Assert.NotNull(new FileInfo(program.PathOf("link.csv")).LinkTarget);
    }

    [Fact]
    public void Parquet_is_refused_to_a_terminal_alone()
    {
        Shell terminal = new()
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            OpenOut = () => Stream.Null,
            Width = 80,
            Folder = Path.GetTempPath(),
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
        };

        var refused = Assert.Throws<UsageException>(() => QueryTarget.Of(terminal, QueryFormat.Parquet, outFile: null));

        Assert.Equal("A Parquet file is nothing for a terminal: name a file with --out songs.parquet, or redirect it with > songs.parquet.", refused.Message);
        Assert.NotNull(QueryTarget.Of(terminal, QueryFormat.Parquet, "songs.parquet"));
    }

    private static async Task<SpotifyEtlProgram> LoadedAsync()
    {
        SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        await program.RunAsync("run", "--raw", "raw");
        return program;
    }
}
