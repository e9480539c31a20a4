using DurableTask.Core.History;
using Microsoft.Extensions.Logging;

namespace DurableTask.Sqlite;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Database {Path} opened")]
    public static partial void Opened(this ILogger logger, string path);

    [LoggerMessage(2, LogLevel.Warning, "The last process was killed while it worked on {Count} episodes and activities; they are done again")]
    public static partial void KilledAtWork(this ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Information, "Database {Path} closed")]
    public static partial void Closed(this ILogger logger, string path);

    [LoggerMessage(10, LogLevel.Debug, "{EventType} for {InstanceId} discarded: {Reason}")]
    public static partial void MessageDiscarded(this ILogger logger, string? instanceId, EventType eventType, string reason);

    [LoggerMessage(11, LogLevel.Warning, "A checkpoint of {InstanceId} discarded: it has been ended, replaced or removed since the episode began")]
    public static partial void CheckpointDiscarded(this ILogger logger, string instanceId);

    [LoggerMessage(12, LogLevel.Debug, "The result of an activity of {InstanceId} discarded: the activity is gone with its instance")]
    public static partial void ResultDiscarded(this ILogger logger, string instanceId);

    [LoggerMessage(13, LogLevel.Warning, "An episode of {InstanceId} abandoned; it is tried again")]
    public static partial void OrchestrationAbandoned(this ILogger logger, string instanceId);

    [LoggerMessage(14, LogLevel.Warning, "An activity of {InstanceId} abandoned; it is tried again, {Deliveries} times until now")]
    public static partial void ActivityAbandoned(this ILogger logger, string instanceId, int deliveries);

    [LoggerMessage(20, LogLevel.Error, "The activity {Name} (#{TaskId}) of {InstanceId} ended as failed: delivered {Deliveries} times and never completed")]
    public static partial void PoisonActivity(this ILogger logger, string instanceId, string? name, int taskId, int deliveries);

    [LoggerMessage(21, LogLevel.Error, "{InstanceId} ended as failed: {Deliveries} times its process died in an episode of it")]
    public static partial void PoisonOrchestration(this ILogger logger, string instanceId, int deliveries);

    [LoggerMessage(30, LogLevel.Warning, "The database does not take what is written; it is tried again: {Reason}")]
    public static partial void WritesStuck(this ILogger logger, string reason);

    [LoggerMessage(31, LogLevel.Information, "No write waits for the database any more")]
    public static partial void WritesGoOn(this ILogger logger);
}
