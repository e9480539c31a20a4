using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Store;

/// <summary>
/// An open database: WAL, and a commit is on the disk when it returns (synchronous=FULL). One process at a time, which
/// <see cref="StoreLock"/> sees to.
/// </summary>
internal sealed class StoreFile : IDisposable
{
    private readonly SqliteConnection _connection;

    private StoreFile(
        SqliteConnection connection, string connectionString, RunningNote note, IReadOnlyList<long> workLeft, TimeProvider time, TimeSpan patience)
    {
        _connection = connection;
        Queries = new StoreQueries(connectionString);
        Note = note;
        WorkLeft = workLeft;
        Writes = new GroupCommit(connection, note, time, patience);
    }

    public GroupCommit Writes { get; }

    /// <summary>Reads beside the writer.</summary>
    public StoreQueries Queries { get; }

    public RunningNote Note { get; }

    /// <summary>What the last process was working on when it was killed, as it noted that.</summary>
    public IReadOnlyList<long> WorkLeft { get; }

    /// <summary>Opens a database, or makes it.</summary>
    /// <exception cref="SqliteStoreException">It is refused, and left as it was; or it cannot be read and written.</exception>
    public static StoreFile Open(string path, TimeProvider time, TimeSpan patience)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, Pooling = true, DefaultTimeout = 5 }.ToString();
        SqliteConnection connection = new(connectionString);
        try
        {
            var left = RunningNote.ReadLeft(path + ".running");
            if (!StoreInspection.TryCheck(path, left?.LastCommit))
            {
                connection.Open();
                StoreInspection.Check(connection, path, left?.LastCommit);
            }
            else
            {
                connection.Open();
            }

            StoreSchema.Migrate(connection);
            var note = RunningNote.Begin(path + ".running");
            note.Committed(StoreInspection.CountCommits(connection));
            return new StoreFile(connection, connectionString, note, left?.Work ?? [], time, patience);
        }
        catch (Exception exception)
        {
            connection.Dispose();
            SqliteConnection.ClearPool(connection);
            if (exception is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw StoreFailure.Open(path, exception);
            }

            throw;
        }
    }

    public void Dispose()
    {
        Writes.Dispose();
        _connection.Dispose();
        SqliteConnection.ClearPool(_connection);
        if (Writes.IsDead)
        {
            Note.Dispose();
        }
        else
        {
            Note.End();
        }
    }
}
