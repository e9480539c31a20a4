using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// A DuckDB database in memory for one query: a view for each table of the catalog, over the files that the entry lists, those of
/// <see cref="LakeViews"/>, and Athena's functions. Once it is open, it reads nothing outside the lake's folder, and nothing can change that.
/// </summary>
internal sealed partial class DuckDbSession : IDisposable
{
    private readonly FolderLake _lake;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    private DuckDbSession(FolderLake lake) => _lake = lake;

    public static DuckDbSession Open(FolderLake lake, string database, IReadOnlyList<CatalogEntry> entries, string query)
    {
        var session = new DuckDbSession(lake);
        try
        {
            session._connection.Open();
            session.Execute(Namespaces(database));
            session.Execute(TrinoMacros.Sql);
            session.Execute(Settings(lake));
            foreach (var entry in entries)
            {
                session.Execute(View(lake, entry));
            }

            foreach (var view in LakeViews.For(lake, [.. entries.Select(entry => entry.Table)], query))
            {
                session.Execute(view);
            }

            return session;
        }
        catch (DuckDBException exception)
        {
            session.Dispose();
            throw session.Refused(exception);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>A command for one query.</summary>
    /// <exception cref="PermanentEtlException">The statement is none that only reads.</exception>
    public DuckDBCommand Query(string sql)
    {
        ReadOnlySql.Check(_connection, sql);
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        return command;
    }

    /// <summary>DuckDB's message without the lake's path in it, and without the advice and settings that follow the errors of CSV files.</summary>
    public PermanentEtlException Refused(DuckDBException exception)
    {
        var message = exception.Message.Replace(_lake.Root + "/", "", StringComparison.Ordinal);
        message = CsvAdvice().Replace(message, "\nFile: ${file}");
        message = LongLine().Replace(message, "${kept}…");
        return new PermanentEtlException(message.TrimEnd(), exception);
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Namespaces(string database) => $"""
        ATTACH ':memory:' AS "AwsDataCatalog";
        CREATE SCHEMA IF NOT EXISTS "AwsDataCatalog".{DuckDbText.Identifier(database)};
        USE "AwsDataCatalog".{DuckDbText.Identifier(database)};
        """;

    // Sorts too large for the memory spill into a folder of the session's own, which DuckDB makes when it must and then deletes.
    private static string Settings(FolderLake lake) => $"""
        SET TimeZone = 'UTC';
        SET integer_division = true;
        SET temp_directory = {DuckDbText.Literal(Path.Combine(Path.GetTempPath(), $"spotify-etl-query-{Guid.NewGuid():N}"))};
        SET autoinstall_known_extensions = false;
        SET autoload_known_extensions = false;
        SET allowed_directories = [{DuckDbText.Literal(lake.Root + "/")}, {DuckDbText.Literal(DuckDbText.Pattern(lake.Root) + "/")}];
        SET enable_external_access = false;
        SET lock_configuration = true;
        """;

    // Missing values are empty strings, as in Athena; columns that a file of an earlier version lacks are NULL. A file deleted since the crawl is left out.
    private static string View(FolderLake lake, CatalogEntry entry)
    {
        var folder = $"{LakeKeys.Transformed}{entry.Table}/";
        var paths = entry.Files.Select(file => lake.PathOf(folder + file.Name)).Where(File.Exists).ToList();
        var view = new StringBuilder().Append(CultureInfo.InvariantCulture, $"CREATE VIEW {DuckDbText.Identifier(entry.Table)} AS SELECT ");
        if (paths.Count == 0)
        {
            return view
                .AppendJoin(", ", entry.Columns.Select(column => $"CAST(NULL AS VARCHAR) AS {DuckDbText.Identifier(column)}"))
                .Append(" WHERE false")
                .ToString();
        }

        return view
            .Append("* FROM read_csv([").AppendJoin(", ", paths.Select(path => DuckDbText.Literal(DuckDbText.Pattern(path)))).Append(
                "], header = true, auto_detect = false, null_padding = true, delim = ',', quote = '\"', escape = '\"', columns = {")
            .AppendJoin(", ", entry.Columns.Select(column => $"{DuckDbText.Literal(column)}: 'VARCHAR'"))
            .Append("}, force_not_null = [").AppendJoin(", ", entry.Columns.Select(DuckDbText.Literal)).Append("])")
            .ToString();
    }

    [GeneratedRegex(
        @"\n\s*Possible (fixes|Solution).*?\n\s*file = (?<file>[^\n]*).*",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex CsvAdvice();

    [GeneratedRegex(@"(?<kept>[^\n]{300})[^\n]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LongLine();
}
