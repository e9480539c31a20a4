using DurableTask.Core.Settings;

namespace EmbeddedHost.Hosting;

/// <summary>extensions.durableTask of host.json, with the defaults of Azure's host where none is named.</summary>
internal sealed record DurableTaskSettings
{
    public string HubName { get; init; } = "TestHubName";

    /// <summary>Default: ten for each processor.</summary>
    public int MaxConcurrentActivityFunctions { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Default: ten for each processor.</summary>
    public int MaxConcurrentOrchestratorFunctions { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>
    /// Whether an orchestration stays in the worker's memory between two steps that follow each other. Default here, other than on Azure:
    /// true.
    /// </summary>
    public bool ExtendedSessionsEnabled { get; init; } = true;

    /// <summary>How long it stays there without anything to do. Default: 30 seconds.</summary>
    public TimeSpan ExtendedSessionIdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether histories keep what activities and sub-orchestrations were given.</summary>
    public bool StoreInputsInOrchestrationHistory { get; init; }

    /// <summary>The version of an orchestration that is started without one, and the one that this app has; empty: none.</summary>
    public string DefaultVersion { get; init; } = string.Empty;

    public VersioningSettings.VersionMatchStrategy VersionMatchStrategy { get; init; } = VersioningSettings.VersionMatchStrategy.CurrentOrOlder;

    public VersioningSettings.VersionFailureStrategy VersionFailureStrategy { get; init; } = VersioningSettings.VersionFailureStrategy.Reject;
}
