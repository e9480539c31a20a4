using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.Events;
using DurableTask.Sqlite.Store;
using Microsoft.Extensions.Logging;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>Ends work that was delivered again and again and never completed.</summary>
internal sealed class Poison(OpenStore store, int maxDeliveries, ILogger logger)
{
    private const string ErrorType = "DurableTask.Sqlite.PoisonMessage";

    /// <summary>Ends all that a killed process has made one delivery too many, before the queues take up what is left.</summary>
    public async Task EndAllAsync()
    {
        var activities = store.File.Queries.Read(
            "SELECT activity_id, instance_key, message, deliveries FROM activities WHERE deliveries >= ?1",
            row => new QueuedActivity(row.GetInt64(0), row.GetInt64(1), EventJson.ReadMessage(row.GetString(2))) { Deliveries = row.GetInt32(3) },
            maxDeliveries);
        foreach (var activity in activities)
        {
            await store.File.Writes.WriteAsync(End(activity));
        }

        var instances = store.File.Queries.Read(
            $"SELECT instance_key, deliveries FROM instances WHERE deliveries >= ?1 AND {InstanceStatus.LiveSql}",
            row => (Key: row.GetInt64(0), Deliveries: row.GetInt32(1)),
            maxDeliveries);
        foreach (var (key, deliveries) in instances)
        {
            await store.File.Writes.WriteAsync(writer => Ending.End(writer, key, store.Now, (_, row) =>
            {
                var message = $"The orchestration '{row.InstanceId}' is ended: {deliveries} times its process died while an episode of it was running.";
                logger.PoisonOrchestration(row.InstanceId, deliveries);
                return new ExecutionCompletedEvent(-1, message, OrchestrationStatus.Failed, Failure(message));
            }));
        }
    }

    /// <summary>Counts an abandoned activity.</summary>
    /// <returns>Whether that was one too many, and it is ended.</returns>
    public async Task<bool> CountAsync(QueuedActivity activity)
    {
        activity.Deliveries++;
        if (activity.Deliveries >= maxDeliveries)
        {
            await store.WriteAsync(End(activity));
            return true;
        }

        await store.WriteAsync(writer =>
        {
            writer.Scalar(
                "UPDATE activities SET deliveries = ?3 WHERE instance_key = ?1 AND activity_id = ?2",
                activity.InstanceKey,
                activity.Id,
                activity.Deliveries);
            return null;
        });
        return false;
    }

    private Func<StoreWriter, Postings?> End(QueuedActivity activity)
    {
        var scheduled = (TaskScheduledEvent)activity.Message.Event;
        var instance = activity.Message.OrchestrationInstance;
        var message =
            $"The activity '{scheduled.Name}' (#{scheduled.EventId}) of '{instance.InstanceId}' is ended: "
            + $"it was delivered {activity.Deliveries} times and never completed.";
        logger.PoisonActivity(instance.InstanceId, scheduled.Name, scheduled.EventId, activity.Deliveries);
        var failed = OutgoingMessage.Of(new TaskMessage
        {
            OrchestrationInstance = instance,
            Event = new TaskFailedEvent(-1, scheduled.EventId, message, details: null, Failure(message)),
        });
        return writer => ActivityResult.Write(writer, activity, failed, store.Now);
    }

    private static FailureDetails Failure(string message) => new(ErrorType, message, stackTrace: null, innerFailure: null, isNonRetriable: true);
}
