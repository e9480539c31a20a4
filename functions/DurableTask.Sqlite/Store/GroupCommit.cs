using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Store;

/// <summary>
/// Writes on one thread of its own. Whatever waits when a transaction begins goes into it, so that concurrent writers share one flush to
/// the disk. One writer's failure is nobody else's: the transaction is made again without it. What the disk does not take is tried again
/// for a while.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private const int MaxWrites = 1024;

    private static readonly TimeSpan s_retryPause = TimeSpan.FromMilliseconds(100);

    private readonly BlockingCollection<QueuedWrite> _queue = [];
    private readonly string _path;
    private readonly RunningNote _note;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly StoreWriter _writer;
    private readonly WriteTransaction _transaction;
    private readonly Thread _thread;

    public GroupCommit(SqliteConnection connection, RunningNote note, TimeProvider time, TimeSpan patience)
    {
        _path = connection.DataSource;
        _note = note;
        _time = time;
        _patience = patience;
        _writer = new StoreWriter(connection);
        _transaction = new WriteTransaction(connection);
        _thread = new Thread(Run) { IsBackground = true, Name = "DurableTask.Sqlite" };
        _thread.Start();
    }

    /// <summary>
    /// For tests: called after each commit with its number, before anybody hears of it. True: nothing is written or told any more, as if
    /// killed.
    /// </summary>
    public Func<long, bool>? DiesAfterCommit { get; set; }

    /// <summary>Called on the writing thread when the disk begins not to take what is written, with its reason, and with null when it takes it again.</summary>
    public Action<Exception?>? StuckChanged { get; set; }

    /// <summary>Whether there are writes that the disk has not taken at their first try.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Whether it has died.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Runs a write; completes when it is on the disk. It may run more than once, and must only change what it returns.</summary>
    /// <param name="write">The write.</param>
    /// <param name="committed">Called with its result once that is on the disk, on the writing thread: in the order of the commits.</param>
    /// <exception cref="SqliteStoreException">The file or its disk does not take it: nothing of it is written.</exception>
    /// <exception cref="SqliteException">The write itself is wrong: nothing of it is written.</exception>
    public Task<T> WriteAsync<T>(Func<StoreWriter, T> write, Action<T>? committed = null)
    {
        QueuedWrite<T> queued = new(write, committed, _time.GetTimestamp());
        try
        {
            _queue.Add(queued);
        }
        catch (InvalidOperationException exception)
        {
            throw new ObjectDisposedException("The database is closed.", exception);
        }

        return queued.Task;
    }

    /// <summary>Lets what is queued be written, then ends.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _writer.Dispose();
        _transaction.Dispose();
    }

    private void Run()
    {
        List<QueuedWrite> group = [];
        while (!IsDead && Fill(group))
        {
            var refusal = TryCommit(group);
            if (refusal is null)
            {
                group.Clear();
            }
            else
            {
                CommitOneByOne(group, refusal);
            }

            if (IsStuck != group.Count > 0)
            {
                IsStuck = group.Count > 0;
                StuckChanged?.Invoke(IsStuck ? refusal : null);
            }
        }
    }

    // What the disk did not take comes first and does not wait for company longer than until the next try.
    private bool Fill(List<QueuedWrite> group)
    {
        if (_queue.TryTake(out var first, group.Count == 0 ? Timeout.Infinite : (int)s_retryPause.TotalMilliseconds))
        {
            group.Add(first);
        }

        while (group.Count < MaxWrites && _queue.TryTake(out var next))
        {
            group.Add(next);
        }

        return group.Count > 0;
    }

    private void CommitOneByOne(List<QueuedWrite> group, Exception refusal)
    {
        var alone = group.Count == 1;
        foreach (var write in group.ToList())
        {
            var reason = alone ? refusal : TryCommit([write]);
            if (IsDead)
            {
                return;
            }

            if (reason is null)
            {
                group.Remove(write);
            }
            else if (!StoreFailure.MayPass(reason) || _queue.IsAddingCompleted || _time.GetElapsedTime(write.QueuedAt) >= _patience)
            {
                group.Remove(write);
                write.Fail(StoreFailure.Write(_path, reason));
            }
        }
    }

    // Leaves out the writes that fail by their own fault. They hear of it after the commit: what they failed by, such as an instance that is
    // there already, may be another's write of the same transaction.
    private Exception? TryCommit(List<QueuedWrite> group)
    {
        List<(QueuedWrite Write, Exception Reason)> failed = [];
        while (group.Count > 0)
        {
            QueuedWrite? applied = null;
            long number;
            try
            {
                _transaction.Begin();
                foreach (var write in group)
                {
                    applied = write;
                    write.Apply(_writer);
                }

                applied = null;
                number = _transaction.Commit(_writer.LastId);
            }
#pragma warning disable CA1031 // Whatever stopped the transaction is every waiting writer's to know, or its own writer's.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _transaction.RollBack();
                if (applied is null || StoreFailure.MayPass(exception))
                {
                    group.AddRange(failed.Select(write => write.Write));
                    return exception;
                }

                group.Remove(applied);
                failed.Add((applied, StoreFailure.Write(_path, exception)));
                continue;
            }

            Publish(group, number);
            break;
        }

        if (!IsDead)
        {
            failed.ForEach(write => write.Write.Fail(write.Reason));
        }

        return null;
    }

    private void Publish(List<QueuedWrite> group, long number)
    {
        _note.Committed(number);
        if (DiesAfterCommit?.Invoke(number) == true)
        {
            IsDead = true;
            return;
        }

        foreach (var write in group)
        {
            write.Complete();
        }
    }
}
