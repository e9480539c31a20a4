using System.Collections;
using System.Globalization;
using SpotifyEtl.Functions.Tests.Aws;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>The memory of a query that returns a million rows.</summary>
public sealed class MillionRowsTests
{
    private const long Most = 300_000_000;

    private const string Million = """
        SELECT a.n * 1000 + b.n AS n, 'a song of some length ' || CAST(a.n AS VARCHAR) AS song, CAST(a.n AS DOUBLE) / 7 AS share, DATE '2024-01-01' AS day
        FROM UNNEST(sequence(0, 999)) a(n) CROSS JOIN UNNEST(sequence(0, 999)) b(n)
        """;

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("parquet")]
    [InlineData("markdown")]
    public async Task A_folder_lake_answers_in_little_memory(string format)
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        await program.RunAsync("run", "--raw", "raw");

        var (ended, peak) = await program.MeasureAsync("query", Million, "--format", format, "--out", "rows");

        Assert.Equal(new Ended(0, "1000000 rows are in rows\n", ""), ended);
        Assert.True(peak < Most, $"{peak / 1e6:0} MB");
    }

    [Fact]
    public async Task Athenas_pages_are_read_one_after_another()
    {
        await using var server = await BucketLake.CreateAsync();
        server.Athena.Answer = _ => new AthenaAnswer([("n", "bigint"), ("song", "varchar")], new MadeUpRows());
        using SpotifyEtlProgram program = new();
        BucketLake.Use(program.Settings, server.Url, AwsServer.Region);

        var (ended, peak) = await program.MeasureAsync("query", "SELECT n, song FROM x", "--out", "rows.parquet", "--lake", BucketLake.Uri);

        Assert.Equal((0, "1000000 rows are in rows.parquet\n"), (ended.ExitCode, ended.Output));
        Assert.True(peak < Most, $"{peak / 1e6:0} MB");
    }

    private sealed class MadeUpRows : IReadOnlyList<string?[]>
    {
        public int Count => 1_000_000;

        public string?[] this[int index] => [index.ToString(CultureInfo.InvariantCulture), "a song of some length"];

        public IEnumerator<string?[]> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
