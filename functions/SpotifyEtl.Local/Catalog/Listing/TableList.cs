using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog.Listing;

/// <summary>The tables and views by their definitions. The columns of those that have none, which are named queries and records, are found once.</summary>
/// <param name="database">The name by which SQL may qualify the tables.</param>
/// <param name="hasRecords">Whether the records that runs leave are tables too.</param>
internal sealed class TableList(string database, bool hasRecords)
{
    private readonly Lock _lock = new();
    private Task<IReadOnlyList<LakeTable>>? _found;

    public Task<IReadOnlyList<LakeTable>> FindAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // For all who ask, whoever of them goes away.
            if (_found is null or { IsFaulted: true })
            {
                _found = Task.Run(Find, CancellationToken.None);
            }

            return _found.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Athena's name of a type.</summary>
    public static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.WholeNumber => "integer",
        ColumnType.Boolean => "boolean",
        ColumnType.Date => "date",
        ColumnType.Timestamp => "timestamp",
        _ => "varchar",
    };

    private IReadOnlyList<LakeTable> Find()
    {
        var queries = NamedQueries.All.Where(query => query.IsView).ToList();
        var columns = ViewColumns.Find(database, [.. queries.Select(query => query.Name), .. RecordTable.All.Select(record => record.Name)]);
        return
        [
            .. Table.All.Select(OfTyped),
            .. LatestView.All.Select(Of),
            .. queries.Select(query => new LakeTable(query.Name, LakeTableKind.Query, query.Description, columns[query.Name])),
            .. Table.All.Select(OfCsv),
            .. RecordTable.All.Where(_ => hasRecords)
                .Select(record => new LakeTable(record.Name, LakeTableKind.Records, Describe(record), columns[record.Name])),
        ];
    }

    private static LakeTable OfTyped(Table table) => new(
        table.TypedName,
        LakeTableKind.Typed,
        $"The rows of {table.CatalogName} with types, in Parquet by month.",
        [.. Typed(table.TypedColumns), Text("month")]);

    private static LakeTable Of(LatestView view) =>
        new(view.Name, LakeTableKind.Latest, $"The newest row of each id in {view.Table.TypedName}.", [.. Typed(view.Columns)]);

    private static LakeTable OfCsv(Table table) => new(
        table.CatalogName, LakeTableKind.Csv, $"The rows of {table.TypedName} as they are in CSV: all text.", [.. table.Columns.Select(Text)]);

    private static LakeColumn Text(string name) => new(name, TypeOf(ColumnType.Text));

    private static IEnumerable<LakeColumn> Typed(IEnumerable<TableColumn> columns) =>
        columns.Select(column => new LakeColumn(column.Name, TypeOf(column.Type)));

    private static string Describe(RecordTable record) =>
        record.Name == "runs" ? "What each run did: a row a run." : "What each run made of each raw file: a row a file and run.";
}
