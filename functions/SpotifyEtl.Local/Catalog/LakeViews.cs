using System.Text.RegularExpressions;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// What a session has besides the tables: the named queries as views, by their names, and <c>runs</c> and <c>files</c>, the records that runs leave. It
/// has those that its statement speaks of, since each costs a look at the files that it reads; and all of them for one that lists tables.
/// </summary>
internal sealed record LakeViews(IReadOnlyList<NamedQuery> Queries, IReadOnlyList<RecordTable> Records)
{
    /// <summary>What a query needs.</summary>
    /// <param name="query">What will be asked.</param>
    /// <param name="tables">The catalog names of the tables that the session has.</param>
    public static LakeViews For(string query, IReadOnlyCollection<string> tables)
    {
        var listsTables = Speaks(query, "show") || Speaks(query, "information_schema");
        var missing = Table.All.Select(table => table.CatalogName).Except(tables, StringComparer.Ordinal).ToList();
        List<NamedQuery> queries =
        [
            .. NamedQueries.All.Where(named => (listsTables || Speaks(query, named.Name)) && !missing.Exists(table => Speaks(named.Sql, table))),
        ];
        return new LakeViews(
            queries,
            [.. RecordTable.All.Where(record => listsTables || Speaks(query, record.Name) || queries.Exists(named => Speaks(named.Sql, record.Name)))]);
    }

    private static bool Speaks(string sql, string word) =>
        Regex.IsMatch(sql, $@"\b{word}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
