using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog.Listing;

/// <summary>The columns that views and records have, found over tables without rows: no lake is opened.</summary>
internal static class ViewColumns
{
    public static IReadOnlyDictionary<string, IReadOnlyList<LakeColumn>> Find(string database, IEnumerable<string> names)
    {
        SessionContents contents = new(
            database,
            [.. Table.Crawled.Select(table => CatalogEntry.Empty(table, new LastCrawl(LastCrawlStatus.Succeeded, DateTimeOffset.UnixEpoch, null)))],
            [.. Table.All.Select(table => new TypedTableFiles(table, []))],
            LatestView.All,
            [.. NamedQueries.All.Where(query => query.IsView)],
            [.. RecordTable.All.Select(record => new FilledRecordTable(record, []))],
            MemoryMegabytes: null);
        using var session = DuckDbSession.Open(new FolderLake(Path.GetTempPath()), contents, CancellationToken.None);
        return names.ToDictionary(name => name, name => ColumnsOf(session, name), StringComparer.Ordinal);
    }

    private static IReadOnlyList<LakeColumn> ColumnsOf(DuckDbSession session, string name)
    {
        var columns = session.Translate(StatementParser.Parse($"SELECT * FROM {name}"), CancellationToken.None).Columns;
        return [.. columns.Select(column => new LakeColumn(column.Name, TypeText.Of(column.Type)))];
    }
}
