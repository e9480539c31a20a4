using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Lake;

/// <summary>
/// Which files of the tables have changed since they were last crawled, in <c>.changes</c>, so that a crawl need not look at all of them. Files of tables are
/// written and deleted; what moves are raw files.
/// </summary>
internal sealed class FolderChanges(string root)
{
    private readonly (string Prefix, TableChanges Changes)[] _tables =
    [
        .. Table.Crawled.Select(table => (table.Prefix, new TableChanges(Path.Combine(root, ".changes", table.CatalogName)))),
    ];

    /// <summary>Tells that an object is about to be written or deleted. The change is made until what is returned is disposed of.</summary>
    /// <returns>Null: no crawler looks at that object.</returns>
    public async ValueTask<IDisposable?> BeginAsync(string key, CancellationToken cancellationToken)
    {
        foreach (var (prefix, changes) in _tables)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && !FolderKey.IsHidden(key))
            {
                return await changes.BeginAsync(key[prefix.Length..], cancellationToken);
            }
        }

        return null;
    }

    /// <summary>The changes of a table that has a crawler.</summary>
    public TableChanges Of(Table table) => Array.Find(_tables, one => one.Prefix == table.Prefix).Changes;
}
