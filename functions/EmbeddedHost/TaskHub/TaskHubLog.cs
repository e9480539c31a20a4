using Microsoft.Extensions.Logging;

namespace EmbeddedHost.TaskHub;

internal static partial class TaskHubLog
{
    [LoggerMessage(400, LogLevel.Information, "Started {OrchestrationName} as {InstanceId}")]
    public static partial void Started(this ILogger logger, string orchestrationName, string instanceId);

    [LoggerMessage(401, LogLevel.Information, "Restarted {SourceInstanceId} as {InstanceId}")]
    public static partial void Restarted(this ILogger logger, string sourceInstanceId, string instanceId);

    [LoggerMessage(402, LogLevel.Information, "Rewinding {InstanceId}")]
    public static partial void Rewinding(this ILogger logger, string instanceId);

    [LoggerMessage(403, LogLevel.Information, "Terminating {InstanceId}")]
    public static partial void Terminating(this ILogger logger, string instanceId);

    [LoggerMessage(404, LogLevel.Information, "Suspending {InstanceId}")]
    public static partial void Suspending(this ILogger logger, string instanceId);

    [LoggerMessage(405, LogLevel.Information, "Resuming {InstanceId}")]
    public static partial void Resuming(this ILogger logger, string instanceId);

    [LoggerMessage(406, LogLevel.Debug, "Raising event {EventName} to {InstanceId}")]
    public static partial void Raising(this ILogger logger, string eventName, string instanceId);

    [LoggerMessage(407, LogLevel.Information, "Purged {PurgedCount} instances, asked for {Asked}")]
    public static partial void Purged(this ILogger logger, int purgedCount, string asked);

    [LoggerMessage(420, LogLevel.Debug, "Refused {Call}: {StatusCode}, {Reason}")]
    public static partial void Refused(this ILogger logger, string call, Grpc.Core.StatusCode statusCode, string reason);

    [LoggerMessage(421, LogLevel.Error, "Call {Call} of the durable client failed in the host, invocation {InvocationId}")]
    public static partial void Failed(this ILogger logger, Exception exception, string call, string? invocationId);
}
