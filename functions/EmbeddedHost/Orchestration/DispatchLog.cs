using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Orchestration;

/// <summary>The dispatchers' log lines: 500 to 599.</summary>
internal static partial class DispatchLog
{
    [LoggerMessage(500, LogLevel.Information, "A step of {Orchestrator} {InstanceId} was cut short and is taken again: {Reason}")]
    public static partial void OrchestrationAborted(ILogger logger, string orchestrator, string instanceId, string reason);

    [LoggerMessage(501, LogLevel.Error, "A step of {Orchestrator} {InstanceId} took more than {Limit}: the instance has failed.")]
    public static partial void OrchestratorTooSlow(ILogger logger, string orchestrator, string instanceId, TimeSpan limit);

    [LoggerMessage(502, LogLevel.Information, "The activity {Activity} of {InstanceId} was cut short and runs again: {Reason}")]
    public static partial void ActivityAborted(ILogger logger, string activity, string instanceId, string reason);
}
