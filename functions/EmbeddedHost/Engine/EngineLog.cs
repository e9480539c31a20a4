using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <summary>The engine's log lines: 100 to 199.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(100, LogLevel.Information, "Durable engine started on {StorePath}: {LiveInstances} unfinished instances, {Activities} activities to run again.")]
    public static partial void EngineStarted(ILogger logger, string storePath, int liveInstances, int activities);

    [LoggerMessage(101, LogLevel.Information, "Durable engine stopped.")]
    public static partial void EngineStopped(ILogger logger);

    [LoggerMessage(102, LogLevel.Warning, "Activity {Activity} of {InstanceId} failed.")]
    public static partial void ActivityFailed(ILogger logger, string activity, string instanceId, Exception exception);

    [LoggerMessage(103, LogLevel.Information, "Activity {Activity} of {InstanceId} was stopped; it runs again at the next start.")]
    public static partial void ActivityHandedBack(ILogger logger, string activity, string instanceId);

    [LoggerMessage(104, LogLevel.Warning, "Activities that did not stop in time were abandoned; they run again at the next start.")]
    public static partial void ActivitiesAbandoned(ILogger logger);

    [LoggerMessage(105, LogLevel.Debug, "Orchestration {InstanceId} ({Orchestrator}) started.")]
    public static partial void OrchestrationStarted(ILogger logger, string instanceId, string orchestrator);

    [LoggerMessage(106, LogLevel.Debug, "Orchestration {InstanceId} ({Orchestrator}) completed.")]
    public static partial void OrchestrationCompleted(ILogger logger, string instanceId, string orchestrator);

    [LoggerMessage(107, LogLevel.Error, "Orchestration {InstanceId} ({Orchestrator}) failed: {Failure}")]
    public static partial void OrchestrationFailed(ILogger logger, string instanceId, string orchestrator, string failure);

    [LoggerMessage(108, LogLevel.Error, "A step of {InstanceId} could not be committed and will be tried again in {Delay}: nothing of it was written.")]
    public static partial void StepNotCommitted(ILogger logger, string instanceId, TimeSpan delay, Exception exception);
}
