using DuckDB.NET.Data;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Tests.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>Queries over the months of a typed table, which are read as one.</summary>
public sealed class TypedTablesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("lake")]
    [InlineData("month=1999-01/env=[a-z]*/it's a lake")]
    public async Task A_row_tells_its_month_and_its_file_wherever_the_lake_is(string folder)
    {
        FolderLake lake = new(_folder.File(folder));
        WriteMonth(lake, "2026-01", "SELECT 'a' AS artist_id, 'One' AS artist_name");
        WriteMonth(lake, "2026-02", "SELECT 'b' AS artist_id, 'Two' AS artist_name");
        WriteMonth(lake, "unknown", "SELECT 'c' AS artist_id, 'Three' AS artist_name");
        DuckDbQueries queries = new(lake);

        Assert.Equal(
            [
                $"2026-01|file://{lake.Root}/analytics_data/artists/month=2026-01/artists-2026-01.parquet|One",
                $"2026-02|file://{lake.Root}/analytics_data/artists/month=2026-02/artists-2026-02.parquet|Two",
                $"unknown|file://{lake.Root}/analytics_data/artists/month=unknown/artists-unknown.parquet|Three",
            ],
            (await queries.RowsAsync("SELECT month, \"$path\", artist_name FROM artists ORDER BY month")).Select(row => string.Join('|', row)));
        Assert.Equal("Two", await queries.LinesAsync("SELECT artist_name FROM artists WHERE month BETWEEN '2026-02' AND '2026-12'"));
        var columns = await queries.QueryAsync("SELECT * FROM artists", Cancellation);
        Assert.Equal([.. Table.Artist.TypedColumns.Select(column => column.Name), "month"], columns.Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task A_month_of_an_earlier_version_lacks_columns_and_is_read_beside_others()
    {
        FolderLake lake = new(_folder.File("lake"));
        WriteMonth(lake, "2026-01", "SELECT 'a' AS artist_id");
        WriteMonth(lake, "2026-02", "SELECT 'Two' AS artist_name, 'b' AS artist_id");
        DuckDbQueries queries = new(lake);

        Assert.Equal("a|NULL\nb|Two", await queries.LinesAsync("SELECT artist_id, artist_name FROM artists ORDER BY month"));
        Assert.Equal("2", await queries.ValueAsync("SELECT count(*) FROM artists WHERE extracted_at IS NULL"));
    }

    [Fact]
    public async Task A_damaged_month_is_named_to_who_asks_for_its_table()
    {
        FolderLake lake = new(_folder.File("lake"));
        WriteMonth(lake, "2026-01", "SELECT 'a' AS artist_id");
        WriteMonth(lake, "2026-02", "SELECT 'b' AS artist_id");
        await File.WriteAllTextAsync(lake.PathOf(Table.Artist.TypedKeyFor("2026-02")), "no Parquet", Cancellation);
        DuckDbQueries queries = new(lake);

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => queries.LinesAsync("SELECT artist_id FROM artists"));

        Assert.Contains("artists-2026-02.parquet", failure.Message, StringComparison.Ordinal);
        Assert.Contains("reprocess --months", failure.Message, StringComparison.Ordinal);
        Assert.Equal("0", await queries.ValueAsync("SELECT count(*) FROM songs"));
    }

    private static void WriteMonth(FolderLake lake, string month, string sql)
    {
        var path = lake.PathOf(Table.Artist.TypedKeyFor(month));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY ({sql}) TO '{path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet)";
        command.ExecuteNonQuery();
    }
}
