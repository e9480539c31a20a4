using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Local.AthenaSql.Analysis;
using SpotifyEtl.Local.AthenaSql.Syntax;
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
    private static readonly Dictionary<string, Lazy<Statement>> s_queries = NamedQueries.All.Where(query => query.IsView)
        .ToDictionary(query => query.Name, query => new Lazy<Statement>(() => StatementParser.Parse(query.Sql)), StringComparer.OrdinalIgnoreCase);

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

    /// <summary>Whether the files of rows are asked for: "$path".</summary>
    public bool AsksHidden { get; init; }

    /// <summary>A named query that is a view, read.</summary>
    public static Statement Parsed(NamedQuery query) => s_queries[query.Name].Value;

    /// <summary>What a statement needs.</summary>
    public static LakeViews For(Statement statement)
    {
        var lists = statement is ShowTables || statement.Tables.Any(InformationSchema.Has);
        HashSet<string> asked = new(StringComparer.OrdinalIgnoreCase);
        foreach (var name in statement.Tables)
        {
            Add(name.Parts[^1], asked);
        }

        return new LakeViews(
            Asked(Table.All, table => table.CatalogName),
            Asked(Table.All, table => table.TypedName),
            Asked(LatestView.All, view => view.Name),
            Asked(NamedQueries.All.Where(named => named.IsView), named => named.Name),
            Asked(RecordTable.All, record => record.Name))
        {
            AsksHidden = statement.AsksHidden,
        };

        List<T> Asked<T>(IEnumerable<T> all, Func<T, string> nameOf) => [.. all.Where(one => lists || asked.Contains(nameOf(one)))];
    }

    // A view needs what it is made of.
    private static void Add(string name, HashSet<string> asked)
    {
        if (!asked.Add(name))
        {
            return;
        }

        if (s_queries.TryGetValue(name, out var query))
        {
            foreach (var table in query.Value.Tables)
            {
                Add(table.Parts[^1], asked);
            }
        }

        if (LatestView.All.FirstOrDefault(view => view.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } latest)
        {
            asked.Add(latest.Table.TypedName);
        }
    }
}
