using System.Text.RegularExpressions;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;

namespace SpotifyEtl.Local.Catalog;

/// <summary>What named queries that are asked together are made of: computed once and kept, where it is small.</summary>
internal static class SharedRelations
{
    private static readonly string[] s_kept = ["judged", "ordered", "basis"];

    /// <summary>The columns of a view that any named query which asks the view speaks of.</summary>
    public static IReadOnlyList<string> ColumnsOf(LatestView view)
    {
        var asking = NamedQueries.All.Where(query => Speaks(query.Sql, view.Name)).ToList();
        return [.. view.Columns.Select(column => column.Name).Where(name => asking.Exists(query => Speaks(query.Sql, name)))];
    }

    /// <summary>Whether a relation has few rows. The others have one for each entry of each snapshot.</summary>
    public static bool IsKept(QueryRelation relation) => s_kept.Contains(relation.Name, StringComparer.Ordinal);

    /// <summary>A named query as it is asked where <see cref="NamedQueries.SnapshotRelations"/> are there.</summary>
    public static string Without(string sql) => sql.Replace(NamedQueries.SnapshotsPart, "", StringComparison.Ordinal);

    private static bool Speaks(string sql, string word) =>
        Regex.IsMatch(sql, $@"\b{word}\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
