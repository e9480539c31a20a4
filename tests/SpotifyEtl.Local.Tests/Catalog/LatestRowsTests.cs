using System.Globalization;
using DuckDB.NET.Data;
using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Catalog;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>The newest rows as DuckDB finds them, held to the view's own statement.</summary>
public sealed class LatestRowsTests
{
    public static TheoryData<string, int> Views => [.. from view in LatestView.All from ids in new[] { 1, 20, 1500 } select (view.Name, ids)];

    [Theory]
    [MemberData(nameof(Views))]
    public void They_are_those_of_the_view(string name, int ids)
    {
        var view = LatestView.All.Single(one => one.Name == name);
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        Execute(connection, "SELECT setseed(0.5)");
        Execute(connection, TableOf(view, ids));

        Assert.Equal(
            Execute(connection, $"SELECT count(DISTINCT coalesce({view.Table.IdColumn}, '')) FROM {view.Table.TypedName}"),
            Execute(connection, $"SELECT count(*) FROM ({LatestRows.Sql(view)}) t"));
        Assert.Equal("0", Execute(connection, $"SELECT count(*) FROM (({view.Sql}) EXCEPT ({LatestRows.Sql(view)})) t"));
        Assert.Equal("0", Execute(connection, $"SELECT count(*) FROM (({LatestRows.Sql(view)}) EXCEPT ({view.Sql})) t"));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(1_000_000, false)]
    public void They_are_found_this_way_where_ids_have_several_rows(int ids, bool isFoundSo)
    {
        var view = LatestView.All[0];
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        Execute(connection, TableOf(view, ids));

        Assert.Equal(isFoundSo ? LatestRows.Sql(view) : view.Sql, LatestRows.Choose(connection, view, TestContext.Current.CancellationToken));
    }

    // Of each id some rows of few times and none, from few files: no row of an id is of the time and the file of another.
    private static string TableOf(LatestView view, int ids)
    {
        var columns = view.Columns.Select(column => column.Name switch
        {
            var id when id == view.Table.IdColumn => "id",
            var time when time == view.Table.MonthColumn => "time",
            "raw_file" => "file",
            _ => "row_text",
        }).Zip(view.Columns, (value, column) => $"{value} AS \"{column.Name}\"");
        return $"""
            CREATE TABLE {view.Table.TypedName} AS SELECT {string.Join(", ", columns)} FROM (
              SELECT DISTINCT ON (id, time, file) * FROM (
                SELECT CASE WHEN random() > 0.01 THEN 'id' || CAST(floor(random() * {ids}) AS INTEGER) END AS id,
                       CASE WHEN random() > 0.3 THEN TIMESTAMP '2026-01-01' + to_days(CAST(floor(random() * 5) AS INTEGER)) END AS time,
                       'file' || CAST(floor(random() * 7) AS INTEGER) AS file, 'row ' || n AS row_text
                FROM range(3000) t(n)))
            """;
    }

    private static string? Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
