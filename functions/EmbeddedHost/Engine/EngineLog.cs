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

    [LoggerMessage(109, LogLevel.Error, "Orchestrator {Orchestrator} of {InstanceId} has not given control back for {Limit}; its instance fails. "
        + "Its thread cannot be stopped and stays busy until the code returns or the process ends; another works in its place.")]
    public static partial void OrchestratorGivenUp(ILogger logger, string orchestrator, string instanceId, TimeSpan limit);

    [LoggerMessage(110, LogLevel.Warning, "Orchestrator {Orchestrator} of {InstanceId}, given up before, has returned; its thread is free again.")]
    public static partial void OrchestratorReturned(ILogger logger, string orchestrator, string instanceId);

    [LoggerMessage(111, LogLevel.Error, "Activity {Activity} of {InstanceId} has run for more than functionTimeout ({Limit}): it fails and is told to stop; another may run in its place.")]
    public static partial void ActivityGivenUp(ILogger logger, string activity, string instanceId, TimeSpan limit);

    [LoggerMessage(112, LogLevel.Warning, "Activity {Activity} of {InstanceId}, given up before, has ended; its result is dropped.")]
    public static partial void ActivityReturned(ILogger logger, string activity, string instanceId);

    [LoggerMessage(113, LogLevel.Warning, "Orchestrators that did not give control back in time were abandoned; their steps are made again at the next start.")]
    public static partial void StepsAbandoned(ILogger logger);

    [LoggerMessage(114, LogLevel.Error, "A step of {InstanceId} can never be committed; the instance fails.")]
    public static partial void StepNotWritable(ILogger logger, string instanceId, Exception exception);

    [LoggerMessage(115, LogLevel.Information, "Steps of {InstanceId} are committed again, after {Attempts} attempts that failed.")]
    public static partial void StepsCommittedAgain(ILogger logger, string instanceId, int attempts);

    [LoggerMessage(108, LogLevel.Error, "A step of {InstanceId} could not be committed and will be tried again in {Delay}: nothing of it was written.")]
    public static partial void StepNotCommitted(ILogger logger, string instanceId, TimeSpan delay, Exception exception);
}
