using Microsoft.AspNetCore.Http;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Instances;
using SpotifyEtl.Local.Catalog.Listing;

namespace SpotifyEtl.Local.Monitor.Sql;

/// <summary>The statement that the page begins with, by what its address names: a query, a table or a run. No address holds SQL.</summary>
/// <param name="Sql">The statement; empty: the page begins with none.</param>
/// <param name="Description">What it answers; null: nothing says.</param>
public sealed record SqlStart(string Sql, string? Description = null)
{
    private const int SampleRows = 100;

    /// <summary>The page's address without a statement.</summary>
    public const string Path = "/sql";

    public static SqlStart Nothing { get; } = new("");

    /// <summary>What an address names; null: there is no such query, table or run.</summary>
    public static SqlStart? Find(IQueryCollection address, IReadOnlyList<LakeTable> tables) => address switch
    {
        _ when address["name"].ToString() is { Length: > 0 } name => OfQuery(name),
        _ when address["table"].ToString() is { Length: > 0 } name => tables.FirstOrDefault(table => table.Name == name) is { } table ? OfTable(table) : null,
        _ when address["run"].ToString() is { Length: > 0 } run => OfRun(run, tables),
        _ => Nothing,
    };

    /// <summary>What a form holds. Browsers send the lines of a text area with CR and LF, and places in a statement are counted by its lines.</summary>
    public static SqlStart Of(IFormCollection form) => new(form["sql"].ToString().ReplaceLineEndings("\n"));

    /// <summary>The page's address that begins with a named query, or with some rows of a table.</summary>
    public static string AddressOf(LakeTable table) => $"{Path}?{(table.Kind is LakeTableKind.Query ? "name" : "table")}={table.Name}";

    /// <summary>The page's address that begins with the files of a run.</summary>
    public static string AddressOfRun(string runId) => $"{Path}?run={runId}";

    private static SqlStart? OfQuery(string name) => NamedQueries.All.FirstOrDefault(query => query.Name == name) is { } query
        ? new SqlStart(query.Sql)
        : null;

    private static SqlStart OfTable(LakeTable table) => new(
        $"SELECT {string.Join(", ", table.Columns.Select(column => column.Name))}\nFROM {table.Name}\nLIMIT {SampleRows}", table.Description);

    private static SqlStart? OfRun(string runId, IReadOnlyList<LakeTable> tables) =>
        RunId.IsValid(runId) && tables.Any(table => table is { Name: "files", Kind: LakeTableKind.Records })
            ? new SqlStart(
                $"""
                -- The files of the run. The rows of one are found in any table: JOIN songs ON songs.raw_file = files.rawfile
                SELECT rawfile, status, reason, message, elapsedms
                FROM files
                WHERE runid = '{runId}'
                ORDER BY status DESC, rawfile
                """,
                $"What the run {runId} made of its raw files.")
            : null;
}
