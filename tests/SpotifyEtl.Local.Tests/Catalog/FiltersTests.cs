using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Tests.CommandLine;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>Readers of typed tables pass over what cannot hold what they look for, by what the files tell of themselves.</summary>
public sealed class FiltersTests
{
    private const int ValuesOfColumn = 4;

    [Fact]
    public async Task A_row_of_a_typed_table_is_found_by_each_of_its_values()
    {
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run");
        DuckDbQueries lake = new(new FolderLake(program.DemoLake));
        using var queries = await lake.OpenAsync(TestContext.Current.CancellationToken);
        List<string> missed = [];
        foreach (var (table, column) in Table.All.SelectMany(table => table.TypedColumns.Select(column => (table, column))))
        {
            var values = await queries.RowsAsync(
                $"""SELECT DISTINCT "{column.Name}" FROM {table.TypedName} WHERE "{column.Name}" IS NOT NULL ORDER BY 1 LIMIT {ValuesOfColumn}""");
            foreach (var value in values.Select(row => row[0]!.Replace("'", "''", StringComparison.Ordinal)))
            {
                var filter = $"""{table.TypedName} WHERE "{column.Name}" = CAST('{value}' AS {TypeOf(column.Type)})""";
                if (await queries.ValueAsync($"SELECT count(*) FROM {filter}") == "0")
                {
                    missed.Add(filter);
                }
            }
        }

        Assert.Empty(missed);
    }

    private static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.WholeNumber => "INTEGER",
        ColumnType.Boolean => "BOOLEAN",
        ColumnType.Date => "DATE",
        ColumnType.Timestamp => "TIMESTAMP",
        _ => "VARCHAR",
    };
}
