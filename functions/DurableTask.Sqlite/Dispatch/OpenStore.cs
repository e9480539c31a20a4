using DurableTask.Core;
using DurableTask.Sqlite.Events;
using DurableTask.Sqlite.Store;
using Microsoft.Extensions.Logging;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>An open database, with what waits in it in memory.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly StoreLock _lock;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private OpenStore(StoreLock storeLock, StoreFile file, SqliteOrchestrationServiceOptions options, TimeProvider time, ILogger logger)
    {
        _lock = storeLock;
        _time = time;
        _logger = logger;
        File = file;
        file.Writes.StuckChanged = refusal =>
        {
            if (refusal is null)
            {
                logger.WritesGoOn();
            }
            else
            {
                logger.WritesStuck(refusal.Message);
            }
        };
        Instances = new InstanceReader(file.Queries);
        SteadyClock clock = new(time);
        Orchestrations = new OrchestrationQueue(time, clock, file.Note, InFlight, options);
        Activities = new ActivityQueue(time, clock, file.Note, InFlight, options);
    }

    public StoreFile File { get; }

    public InstanceReader Instances { get; }

    public OrchestrationQueue Orchestrations { get; }

    public ActivityQueue Activities { get; }

    public WorkInFlight InFlight { get; } = new();

    public Completions Completions { get; } = new();

    public DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>Takes and opens a database, and takes up what waits in it.</summary>
    /// <exception cref="SqliteStoreException">It is held, refused, or cannot be used.</exception>
    public static async Task<OpenStore> OpenAsync(string path, SqliteOrchestrationServiceOptions options, TimeProvider time, ILogger logger)
    {
        StoreLock storeLock;
        try
        {
            storeLock = await StoreLock.TakeAsync(path, time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreFailure.Open(path, exception);
        }

        StoreFile? file = null;
        try
        {
            file = StoreFile.Open(path, time, options.WritePatience);
            OpenStore opened = new(storeLock, file, options, time, logger);
            await opened.TakeUpAsync(options.MaxDeliveryCount);
            return opened;
        }
        catch
        {
            file?.Dispose();
            storeLock.Dispose();
            throw;
        }
    }

    /// <summary>Runs a write, and lets the queues and waiting callers hear of what it brought about.</summary>
    /// <returns>The same; null when the write returned null.</returns>
    public Task<Postings?> WriteAsync(Func<StoreWriter, Postings?> write) => File.Writes.WriteAsync(write, Publish);

    /// <summary>Tells other processes where this one listens.</summary>
    public void Announce(Uri address) => _lock.Announce(address);

    public ValueTask DisposeAsync()
    {
        Orchestrations.Dispose();
        Activities.Dispose();
        File.Dispose();
        _lock.Dispose();
        Completions.TellAll();
        return ValueTask.CompletedTask;
    }

    private void Publish(Postings? postings)
    {
        if (postings is null)
        {
            return;
        }

        Orchestrations.Take(postings);
        Activities.Take(postings);
        Completions.Tell(postings.Settled);
        foreach (var (message, reason) in postings.Discarded)
        {
            _logger.MessageDiscarded(message.OrchestrationInstance?.InstanceId, message.Event.EventType, reason);
        }
    }

    private async Task TakeUpAsync(int maxDeliveries)
    {
        if (File.WorkLeft.Count > 0)
        {
            _logger.KilledAtWork(File.WorkLeft.Count);
        }

        await WriteAsync(writer =>
        {
            foreach (var work in File.WorkLeft)
            {
                writer.Scalar(
                    work > 0
                        ? "UPDATE activities SET deliveries = deliveries + 1 WHERE activity_id = ?1"
                        : "UPDATE instances SET deliveries = deliveries + 1 WHERE instance_key = ?1",
                    Math.Abs(work));
            }

            return null;
        });
        await new Poison(this, maxDeliveries, _logger).EndAllAsync();
        Publish(ReadWaiting());
    }

    private Postings ReadWaiting()
    {
        Postings waiting = new();
        waiting.Letters.AddRange(File.Queries.Read(
            """
            SELECT message_id, instance_key, instance_id, messages.execution_id, visible_at, message, status
            FROM messages JOIN instances USING (instance_key) ORDER BY message_id
            """,
            row => new Letter(
                row.GetInt64(0),
                new Recipient(row.GetInt64(1), row.GetString(2), row.GetString(6) != nameof(OrchestrationStatus.Pending)),
                StoreQueries.Text(row, 3),
                row.GetInt64(4),
                EventJson.ReadMessage(row.GetString(5)))));
        waiting.Activities.AddRange(File.Queries.Read(
            "SELECT activity_id, instance_key, message, deliveries FROM activities ORDER BY activity_id",
            row => new QueuedActivity(row.GetInt64(0), row.GetInt64(1), EventJson.ReadMessage(row.GetString(2))) { Deliveries = row.GetInt32(3) }));
        return waiting;
    }
}
