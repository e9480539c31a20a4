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
/// <see cref="LakeViews"/>, and Athena's functions. Once it is open, it reads nothing but the tables' folders, and nothing can change that; statements are
/// held to the tables themselves by <see cref="TablesOnlySql"/>.
/// </summary>
internal sealed partial class DuckDbSession : IDisposable
{
    // DuckDB's own choice is 32 MB for each file that a thread reads, which takes longer to get from the system than to fill.
    private const int CsvBufferBytes = 4 * 1024 * 1024;

    private readonly FolderLake _lake;
    private readonly string _database;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    private DuckDbSession(FolderLake lake, string database) => (_lake, _database) = (lake, database);

    public static DuckDbSession Open(FolderLake lake, SessionContents contents, CancellationToken cancellationToken)
    {
        var session = new DuckDbSession(lake, contents.Database);
        try
        {
            session._connection.Open();
            session.Execute(Namespaces(contents.Database), cancellationToken);
            foreach (var records in contents.Records)
            {
                session.Fill(records, cancellationToken);
            }

            session.Execute(TrinoMacros.Sql, cancellationToken);
            session.Execute(Settings(lake, contents), cancellationToken);
            foreach (var entry in contents.Entries)
            {
                session.Execute(View(lake, entry), cancellationToken);
            }

            foreach (var query in contents.Queries)
            {
                session.Execute(query.ViewSql, cancellationToken);
            }

            return session;
        }
        catch (DuckDBException exception)
        {
            session.Dispose();
            throw session.Failure(exception, cancellationToken);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>A command for one query.</summary>
    /// <exception cref="PermanentEtlException">The statement is none that only reads, and only the tables.</exception>
    public DuckDBCommand Query(string sql)
    {
        ReadOnlySql.Check(_connection, sql, _database);
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        return command;
    }

    /// <summary>What a failure of DuckDB is: the answer to a cancellation, or a refusal.</summary>
    public Exception Failure(DuckDBException exception, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? new OperationCanceledException(exception.Message, exception, cancellationToken)
        : Refused(exception);

    /// <summary>DuckDB's message without the lake's path in it, and without the advice and settings that follow the errors of CSV files.</summary>
    private PermanentEtlException Refused(DuckDBException exception)
    {
        var message = exception.Message.Replace(_lake.Root + "/", "", StringComparison.Ordinal);
        message = CsvAdvice().Replace(message, "\nFile: ${file}");
        message = LongLine().Replace(message, "${kept}…");
        return new PermanentEtlException(message.TrimEnd(), exception);
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var command = _connection.CreateCommand();
        using Interruption interruption = new(command, cancellationToken);
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // The records are handed over as they were checked, so that DuckDB reads no file of theirs.
    private void Fill(FilledRecordTable records, CancellationToken cancellationToken)
    {
        Execute("CREATE TABLE memory.main.records (record VARCHAR)", cancellationToken);
        using (var appender = _connection.CreateAppender("memory", "main", "records"))
        {
            foreach (var record in records.Records)
            {
                cancellationToken.ThrowIfCancellationRequested();
                appender.CreateRow().AppendValue(record).EndRow();
            }
        }

        var sql = $"""
            CREATE TABLE {records.Table.Name} AS SELECT fields.* FROM
            (SELECT from_json(record, {DuckDbText.Literal(records.Table.Structure)}) AS fields FROM memory.main.records);
            DROP TABLE memory.main.records;
            """;
        Execute(sql, cancellationToken);
    }

    private static string Namespaces(string database) => $"""
        ATTACH ':memory:' AS "AwsDataCatalog";
        CREATE SCHEMA IF NOT EXISTS "AwsDataCatalog".{DuckDbText.Identifier(database)};
        USE "AwsDataCatalog".{DuckDbText.Identifier(database)};
        """;

    // Sorts too large for the memory spill into a folder of the session's own, which DuckDB makes when it must and then deletes.
    private static string Settings(FolderLake lake, SessionContents contents) => $"""
        SET TimeZone = 'UTC';
        SET integer_division = true;
        SET temp_directory = {DuckDbText.Literal(Path.Combine(Path.GetTempPath(), $"spotify-etl-query-{Guid.NewGuid():N}"))};
        SET autoinstall_known_extensions = false;
        SET autoload_known_extensions = false;
        {(contents.MemoryMegabytes is { } megabytes ? $"SET memory_limit = '{megabytes}MB';" : "")}
        SET allowed_directories = [{string.Join(", ", contents.Entries.SelectMany(entry => Folders(lake, entry)))}];
        SET enable_external_access = false;
        SET lock_configuration = true;
        """;

    // A view names its files by patterns, and DuckDB asks for both.
    private static IEnumerable<string> Folders(FolderLake lake, CatalogEntry entry)
    {
        var folder = lake.PathOf(LakeKeys.Transformed + entry.Table);
        return [DuckDbText.Literal(folder + "/"), DuckDbText.Literal(DuckDbText.Pattern(folder) + "/")];
    }

    // Missing values are empty strings, as in Athena; columns that a file of an earlier version lacks are NULL. A file deleted since the crawl is left out.
    private static string View(FolderLake lake, CatalogEntry entry)
    {
        var folder = $"{LakeKeys.Transformed}{entry.Table}/";
        var parts = entry.Files
            .Select(file => (Path: lake.PathOf(folder + file.Name), Columns: file.Columns ?? entry.Columns.Count))
            .Where(file => File.Exists(file.Path))
            .GroupBy(file => file.Columns, file => file.Path)
            .Select(files => Part(entry.Columns, files.Key, files))
            .ToList();
        return $"CREATE VIEW {DuckDbText.Identifier(entry.Table)} AS {(parts.Count == 0 ? NoRows(entry.Columns) : string.Join(" UNION ALL ", parts))}";
    }

    private static string NoRows(IReadOnlyList<string> columns) =>
        $"SELECT {string.Join(", ", columns.Select(column => $"CAST(NULL AS VARCHAR) AS {DuckDbText.Identifier(column)}"))} WHERE false";

    private static string Part(IReadOnlyList<string> columns, int count, IEnumerable<string> paths)
    {
        var there = columns.Take(count).ToList();
        return new StringBuilder("SELECT *")
            .AppendJoin("", columns.Skip(count).Select(column => $", CAST(NULL AS VARCHAR) AS {DuckDbText.Identifier(column)}"))
            .Append(" FROM read_csv([").AppendJoin(", ", paths.Select(path => DuckDbText.Literal(DuckDbText.Pattern(path))))
            .Append("], header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', columns = {")
            .AppendJoin(", ", there.Select(column => $"{DuckDbText.Literal(column)}: 'VARCHAR'"))
            .Append("}, force_not_null = [").AppendJoin(", ", there.Select(DuckDbText.Literal))
            .Append(CultureInfo.InvariantCulture, $"], buffer_size = {CsvBufferBytes})")
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
