using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.AthenaSql;
using SpotifyEtl.Local.AthenaSql.Analysis;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.Lake;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// A DuckDB database in memory for one query: views of the tables that it needs, over their files. Once it is open, it reads nothing but the tables'
/// folders, and nothing can change that. Statements get to it translated, and by that speak of nothing but the tables: <see cref="Translation"/>.
/// </summary>
internal sealed partial class DuckDbSession : IDisposable
{
    private readonly FolderLake _lake;
    private readonly SessionContents _contents;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    private SqlCatalog? _catalog;

    private DuckDbSession(FolderLake lake, SessionContents contents) => (_lake, _contents) = (lake, contents);

    public static DuckDbSession Open(FolderLake lake, SessionContents contents, CancellationToken cancellationToken)
    {
        var session = new DuckDbSession(lake, contents);
        try
        {
            session._connection.Open();
            session.Execute(Namespaces(contents.Database), cancellationToken);
            foreach (var records in contents.Records)
            {
                session.Fill(records, cancellationToken);
            }

            session.Execute(Settings(lake, contents), cancellationToken);
            foreach (var entry in contents.Entries)
            {
                session.Execute(TableViewSql.Of(lake, entry, contents.AsksHidden), cancellationToken);
            }

            foreach (var files in contents.TypedTables)
            {
                session.View(files, cancellationToken);
            }

            foreach (var view in contents.Latest)
            {
                session.Add(view, contents.KeepsShared, cancellationToken);
            }

            foreach (var relation in contents.KeepsShared ? NamedQueries.SnapshotRelations : [])
            {
                session.Add(relation, cancellationToken);
            }

            foreach (var query in contents.Queries)
            {
                session.View(query, cancellationToken);
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

    /// <summary>What a statement means here.</summary>
    /// <exception cref="PermanentEtlException">It means nothing, or more than to read the tables.</exception>
    public Translation Translate(Statement statement, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var translation = Translation.Of(statement, _catalog ??= SessionCatalog.Of(_connection, _contents.Database), TimeProvider.System.GetUtcNow());
        Natives.Prepare(_connection, translation.Sql);
        return translation;
    }

    /// <summary>A command for a translated query.</summary>
    public DuckDBCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        return command;
    }

    /// <summary>What a failure of DuckDB is: the answer to a cancellation, or a refusal.</summary>
    public Exception Failure(DuckDBException exception, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? new OperationCanceledException(exception.Message, exception, cancellationToken)
        : exception.ErrorType is DuckDBErrorType.OutOfMemory
            ? new PermanentEtlException("The query takes more memory than there is: ask for fewer rows or columns at once, or aggregate in steps.", exception)
            : Refused(exception);

    /// <summary>Whether a failure says that the memory did not suffice.</summary>
    public static bool IsOfMemory(PermanentEtlException failure) => failure.InnerException is DuckDBException { ErrorType: DuckDBErrorType.OutOfMemory };

    /// <summary>DuckDB's message without the lake's path in it, and without the advice and settings that follow the errors of CSV files.</summary>
    private PermanentEtlException Refused(DuckDBException exception)
    {
        var message = exception.Message.Replace(_lake.Root + "/", "", StringComparison.Ordinal);
        message = CsvAdvice().Replace(message, "\nFile: ${file}");
        message = LongLine().Replace(message, "${kept}…");
        return new PermanentEtlException(TrinoError.Of(message.TrimEnd()), exception);
    }

    public void Dispose() => _connection.Dispose();

    // A file that cannot be read is named to who asks for its table; what is asked of other tables is answered.
    private void View(TypedTableFiles files, CancellationToken cancellationToken)
    {
        try
        {
            Execute(TableViewSql.Of(files, _contents.AsksHidden), cancellationToken);
        }
        catch (DuckDBException exception) when (!cancellationToken.IsCancellationRequested)
        {
            Execute(TableViewSql.OfUnreadable(files.Table, Refused(exception).Message), cancellationToken);
        }
    }

    // A view of Athena's SQL. Those made after it see it.
    private void View(NamedQuery query, CancellationToken cancellationToken)
    {
        var translation = Translate(LakeViews.Parsed(query), cancellationToken);
        var columns = string.Join(", ", translation.Columns.Select(column => DuckDbText.Identifier(column.Name)));
        Execute($"CREATE VIEW {DuckDbText.Identifier(query.Name)}({columns}) AS {translation.Sql}", cancellationToken);
        _catalog = null;
    }

    private void Add(LatestView view, bool isKept, CancellationToken cancellationToken)
    {
        var rows = LatestRows.Choose(_connection, view, cancellationToken);
        if (isKept)
        {
            Keep(view.Name, $"SELECT {string.Join(", ", SharedRelations.ColumnsOf(view))}\nFROM (\n{rows}\n) t", cancellationToken);
        }
        else
        {
            Execute(ViewOf(view.Name, rows), cancellationToken);
        }
    }

    private void Add(QueryRelation relation, CancellationToken cancellationToken)
    {
        if (SharedRelations.IsKept(relation))
        {
            Keep(relation.Name, relation.Sql, cancellationToken);
        }
        else
        {
            Execute(ViewOf(relation.Name, relation.Sql), cancellationToken);
        }
    }

    // What cannot be computed, as a file of it is damaged, is told to who asks for it; and what memory does not hold is computed for each who asks.
    private void Keep(string name, string sql, CancellationToken cancellationToken)
    {
        try
        {
            Execute($"CREATE TABLE {name} AS\n{sql}", cancellationToken);
        }
        catch (DuckDBException) when (!cancellationToken.IsCancellationRequested)
        {
            Execute(ViewOf(name, sql), cancellationToken);
        }
    }

    private static string ViewOf(string name, string sql) => $"CREATE VIEW {name} AS\n{sql}";

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
        SET temp_directory = {DuckDbText.Literal(Path.Combine(Path.GetTempPath(), $"spotify-etl-query-{Guid.NewGuid():N}"))};
        SET autoinstall_known_extensions = false;
        SET autoload_known_extensions = false;
        SET parquet_metadata_cache = true;
        {(contents.MemoryMegabytes is { } megabytes ? $"SET memory_limit = '{megabytes}MB';" : "")}
        SET allowed_directories = [{string.Join(", ", Folders(lake, contents))}];
        SET enable_external_access = false;
        SET lock_configuration = true;
        """;

    // A view names its files by patterns, and DuckDB asks for both.
    private static IEnumerable<string> Folders(FolderLake lake, SessionContents contents) => contents.Entries
        .Select(entry => LakeKeys.Transformed + entry.Table)
        .Concat(contents.TypedTables.Select(files => files.Table.TypedPrefix.TrimEnd('/')))
        .Select(lake.PathOf)
        .SelectMany<string, string>(folder => [DuckDbText.Literal(folder + "/"), DuckDbText.Literal(DuckDbText.Pattern(folder) + "/")]);

    [GeneratedRegex(
        @"\n\s*Possible (fixes|Solution).*?\n\s*file = (?<file>[^\n]*).*",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex CsvAdvice();

    [GeneratedRegex(@"(?<kept>[^\n]{300})[^\n]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LongLine();
}
