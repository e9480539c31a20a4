using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace EmbeddedHost.Store;

/// <summary>
/// Writes on one thread of its own. Whatever waits when a transaction begins goes into it, each write behind a savepoint of its own, so
/// that concurrent writers share one flush to the disk and one writer's failure is nobody else's.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private const int MaxWrites = 1024;

    private readonly BlockingCollection<Write> _queue = [];
    private readonly StoreWriter _writer;
    private readonly string _path;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly SqliteCommand _savepoint;
    private readonly SqliteCommand _release;
    private readonly SqliteCommand _rollbackToSavepoint;
    private readonly Thread _thread;

    public GroupCommit(SqliteConnection connection)
    {
        _path = connection.DataSource;
        _writer = new StoreWriter(connection);
        _begin = Command(connection, "BEGIN IMMEDIATE");
        _commit = Command(connection, "COMMIT");
        _rollback = Command(connection, "ROLLBACK");
        _savepoint = Command(connection, "SAVEPOINT one_write");
        _release = Command(connection, "RELEASE one_write");
        _rollbackToSavepoint = Command(connection, "ROLLBACK TO one_write");
        _thread = new Thread(Run) { IsBackground = true, Name = "EmbeddedHost store" };
        _thread.Start();
    }

    /// <summary>Runs a write; completes when it is on the disk.</summary>
    /// <exception cref="EmbeddedHostException">The file or its disk does not take it: nothing of it is written.</exception>
    /// <exception cref="SqliteException">The write itself is wrong: nothing of it is written.</exception>
    public Task<T> WriteAsync<T>(Func<StoreWriter, T> write)
    {
        Write<T> queued = new(write);
        _queue.Add(queued);
        return queued.Task;
    }

    /// <summary>Lets what is queued be written, then ends.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _writer.Dispose();
    }

    private static SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private void Run()
    {
        List<Write> group = [];
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Clear();
            group.Add(first);
            while (group.Count < MaxWrites && _queue.TryTake(out var next))
            {
                group.Add(next);
            }

            Commit(group);
        }
    }

    private void Commit(List<Write> group)
    {
        try
        {
            _begin.ExecuteNonQuery();
            foreach (var write in group)
            {
                if (group.Count == 1)
                {
                    write.Apply(_writer);
                }
                else
                {
                    ApplyBehindSavepoint(write);
                }
            }

            _commit.ExecuteNonQuery();
        }
#pragma warning disable CA1031 // Whatever stopped the transaction is every waiting writer's to know.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            RollBack();
            foreach (var write in group)
            {
                write.Fail(Reason(exception));
            }

            return;
        }

        foreach (var write in group)
        {
            write.Complete();
        }
    }

    private void ApplyBehindSavepoint(Write write)
    {
        _savepoint.ExecuteNonQuery();
        try
        {
            write.Apply(_writer);
        }
#pragma warning disable CA1031 // A writer's failure is its own; the others' work stands.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!TryRollBackToSavepoint())
            {
                throw;
            }

            write.Fail(Reason(exception));
        }

        _release.ExecuteNonQuery();
    }

    // When SQLite has rolled back the whole transaction, as it may on a full disk, there is no savepoint any more: nothing of the group is written.
    private bool TryRollBackToSavepoint()
    {
        try
        {
            _rollbackToSavepoint.ExecuteNonQuery();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private Exception Reason(Exception exception) => exception is SqliteException failure && StoreFailure.Write(_path, failure) is { } told ? told : exception;

    private void RollBack()
    {
        try
        {
            _rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    private abstract class Write
    {
        public abstract void Apply(StoreWriter writer);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class Write<T>(Func<StoreWriter, T> write) : Write
    {
        private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _source.Task;

        public override void Apply(StoreWriter writer) => _result = write(writer);

        public override void Complete() => _source.TrySetResult(_result);

        public override void Fail(Exception exception) => _source.TrySetException(exception);
    }
}
