using System.Text.RegularExpressions;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// What a session has: tables as they are in CSV, typed tables, views of their newest rows, the named queries as views, by their names, and <c>runs</c> and
/// <c>files</c>, the records that runs leave. It has those that its statement speaks of, since each costs a look at the files that it reads; and all of
/// them for one that lists tables.
/// </summary>
internal sealed record LakeViews(
    IReadOnlyList<Table> CsvTables,
    IReadOnlyList<Table> TypedTables,
    IReadOnlyList<LatestView> Latest,
    IReadOnlyList<NamedQuery> Queries,
    IReadOnlyList<RecordTable> Records)
{
    /// <summary>What named queries ask.</summary>
    public static LakeViews OfNamedQueries { get; } = new([], Table.All, LatestView.All, [], []);

    /// <summary>The names of all that there is.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Table.All.Select(table => table.TypedName),
        .. LatestView.All.Select(view => view.Name),
        .. Table.All.Select(table => table.CatalogName),
        .. RecordTable.All.Select(record => record.Name),
        .. NamedQueries.All.Where(query => query.IsView).Select(query => query.Name),
    ];

    /// <summary>What a query needs.</summary>
    public static LakeViews For(string query)
    {
        var listsTables = Speaks(query, "show") || Speaks(query, "information_schema");
        List<string> said = [query];
        var queries = Find(NamedQueries.All.Where(named => named.IsView), named => named.Name);
        said.AddRange(queries.Select(named => named.Sql));
        var latest = Find(LatestView.All, view => view.Name);
        said.AddRange(latest.Select(view => view.Sql));
        return new LakeViews(
            Find(Table.All, table => table.CatalogName),
            Find(Table.All, table => table.TypedName),
            latest,
            queries,
            Find(RecordTable.All, record => record.Name));

        List<T> Find<T>(IEnumerable<T> all, Func<T, string> nameOf) => [.. all.Where(one => listsTables || said.Exists(sql => Speaks(sql, nameOf(one))))];
    }

    private static bool Speaks(string sql, string word) =>
        Regex.IsMatch(sql, $@"\b{word}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
