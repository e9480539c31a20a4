namespace SpotifyEtl.Local.Tests.Catalog;

public sealed class AthenaTypeTests(CrawledLake lake) : IClassFixture<CrawledLake>
{
    [Theory]
    [InlineData("true", "boolean")]
    [InlineData("CAST(7 AS tinyint)", "tinyint")]
    [InlineData("CAST(7 AS smallint)", "smallint")]
    [InlineData("CAST(7 AS integer)", "integer")]
    [InlineData("CAST(7 AS bigint)", "bigint")]
    [InlineData("CAST(1.50 AS decimal(5, 2))", "decimal(5,2)")]
    [InlineData("CAST(0.1 AS real)", "real")]
    [InlineData("1.5e0", "double")]
    [InlineData("'text'", "varchar")]
    [InlineData("X'6162'", "varbinary")]
    [InlineData("date '2024-05-15'", "date")]
    [InlineData("timestamp '2024-05-15 10:00:00'", "timestamp")]
    [InlineData("timestamp '2024-05-15 10:00:00' AT TIME ZONE 'UTC'", "timestamp with time zone")]
    [InlineData("time '10:00:01.5'", "time")]
    [InlineData("interval '1' day", "interval day to second")]
    [InlineData("CAST('a' AS char(3))", "char")]
    [InlineData("JSON '1'", "json")]
    [InlineData("ARRAY['a']", "array(varchar)")]
    [InlineData("MAP(ARRAY['a'], ARRAY[CAST(1 AS bigint)])", "map(varchar, bigint)")]
    [InlineData("CAST(ROW(1.5e0, ARRAY[true]) AS ROW(x double, y array(boolean)))", "row(x double, y array(boolean))")]
    public async Task A_column_has_the_type_that_Athena_would_name(string expression, string type)
    {
        var result = await lake.Queries.QueryAsync($"SELECT {expression} AS value", TestContext.Current.CancellationToken);

        Assert.Equal(("value", type), (result.Columns[0].Name, result.Columns[0].Type));
        await foreach (var row in result.Rows.WithCancellation(TestContext.Current.CancellationToken))
        {
            Assert.Single(row);
        }
    }
}
