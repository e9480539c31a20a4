using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Formats;

/// <summary>Names by which columns can be told apart: where some share a name, the later ones get _2, _3 and so on.</summary>
internal static class ColumnNames
{
    /// <param name="columns">The columns.</param>
    /// <param name="comparer">When two names are one.</param>
    public static IReadOnlyList<string> Apart(IReadOnlyList<QueryColumn> columns, StringComparer comparer)
    {
        HashSet<string> taken = new(comparer);
        List<string> names = [];
        foreach (var column in columns)
        {
            var name = column.Name;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = $"{column.Name}_{number}";
            }

            names.Add(name);
        }

        return names;
    }
}
