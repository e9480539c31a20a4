namespace Benchmarks.Local;

/// <summary>A query that returns a million rows, in each format into a file.</summary>
internal static class ResultsBenchmark
{
    private const string Million = """
        SELECT a.n * 1000 + b.n AS n, 'a song of some length ' || CAST(a.n AS VARCHAR) AS song, CAST(a.n AS DOUBLE) / 7 AS share,
               DATE '2024-01-01' AS day, TIMESTAMP '2024-01-01 10:00:00' AS at
        FROM UNNEST(sequence(0, 999)) a(n) CROSS JOIN UNNEST(sequence(0, 999)) b(n)
        """;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("results-benchmark-");
        try
        {
            await ProgramRun.MeasureAsync(folder.FullName, ["run", "--json"]);
            foreach (var format in (string[])["table", "vertical", "csv", "json", "parquet", "markdown"])
            {
                var run = await ProgramRun.MeasureAsync(folder.FullName, ["query", Million, "--format", format, "--out", "rows"]);
                Figure.Print($"results.1000000.{format}.s", run.Time.TotalSeconds, "s");
                Figure.Print($"results.1000000.{format}.peak_mb", run.PeakMegabytes, "MB", atMost: 300);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
