using System.Text.RegularExpressions;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Playlists;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// The views besides the tables: the named queries, by their names, and <c>runs</c> and <c>files</c>, the records that runs leave. A
/// session has those that its statement speaks of, since each opens the files it reads; and all of them for one that lists tables.
/// </summary>
internal static class LakeViews
{
    private static readonly string s_rowsType = CountsOf(Table.All.Select(table => table.Name));

    private static readonly RecordView[] s_records =
    [
        new(
            "runs",
            LakeKeys.Runs,
            "*.json",
            ("runId", "VARCHAR"),
            ("status", "VARCHAR"),
            ("startedAt", "VARCHAR"),
            ("endedAt", "VARCHAR"),
            ("reprocess", """STRUCT("from" VARCHAR, "to" VARCHAR)"""),
            (
                "playlists",
                "STRUCT(playlistId VARCHAR, status VARCHAR, name VARCHAR, snapshotId VARCHAR, items BIGINT, rawKey VARCHAR, message VARCHAR, deferrals "
                    + "BIGINT, deferredUntil VARCHAR)[]"),
            ("files", "STRUCT(transformed BIGINT, rejected BIGINT, failed BIGINT)"),
            ("rows", s_rowsType),
            ("crawlers", "STRUCT(name VARCHAR, status VARCHAR, message VARCHAR)[]"),
            ("problems", "VARCHAR[]")),
        new(
            "files",
            LakeKeys.Files,
            "*/*.json",
            ("runId", "VARCHAR"),
            ("rawFile", "VARCHAR"),
            ("stem", "VARCHAR"),
            ("rawSha256", "VARCHAR"),
            ("items", "BIGINT"),
            ("rows", s_rowsType),
            ("rejected", CountsOf(RejectReasonCodes.All)),
            ("tables", """STRUCT("table" VARCHAR, "key" VARCHAR, sizeBytes BIGINT, sha256 VARCHAR)[]"""),
            ("startedAt", "VARCHAR"),
            ("elapsedMs", "BIGINT")),
    ];

    /// <summary>The statements that make the views for a query.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="tables">The catalog names of the tables that the session has.</param>
    /// <param name="query">What will be asked.</param>
    public static IEnumerable<string> For(FolderLake lake, IReadOnlyCollection<string> tables, string query)
    {
        var listsTables = Speaks(query, "show") || Speaks(query, "information_schema");
        var missing = Table.All.Select(table => table.CatalogName).Except(tables, StringComparer.Ordinal).ToList();
        var queries = NamedQueries.All
            .Where(named => (listsTables || Speaks(query, named.Name)) && !missing.Exists(table => Speaks(named.Sql, table)))
            .Select(named => named.ViewSql);
        return queries.Concat(s_records.Where(record => listsTables || Speaks(query, record.Name)).Select(record => record.Sql(lake)));
    }

    private static string CountsOf(IEnumerable<string> names) => $"STRUCT({string.Join(", ", names.Select(name => $"{name} BIGINT"))})";

    private static bool Speaks(string sql, string word) =>
        Regex.IsMatch(sql, $@"\b{word}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private sealed record RecordView(string Name, string Prefix, string Files, params (string Name, string Type)[] Columns)
    {
        public string Sql(FolderLake lake)
        {
            var folder = lake.PathOf(Prefix.TrimEnd('/'));
            if (!Directory.Exists(folder) || !Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Any())
            {
                return $"CREATE VIEW {Name} AS SELECT {string.Join(", ", Columns.Select(column => $"CAST(NULL AS {column.Type}) AS {column.Name}"))} "
                    + "WHERE false";
            }

            var columns = string.Join(", ", Columns.Select(column => $"{column.Name}: {DuckDbText.Literal(column.Type)}"));
            return $"CREATE VIEW {Name} AS SELECT * FROM read_json({DuckDbText.Literal($"{DuckDbText.Pattern(folder)}/{Files}")}, format = "
                + $"'newline_delimited', columns = {{{columns}}})";
        }
    }
}
