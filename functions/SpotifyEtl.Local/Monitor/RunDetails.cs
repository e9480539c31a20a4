using Microsoft.DurableTask.Client;
using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Local.Monitor.Timeline;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Monitor;

/// <summary>All that a run's page shows.</summary>
public sealed record RunDetails(RunRow Run)
{
    /// <summary>What it did, of a failed run too; null until it has ended, or when its record is not there.</summary>
    public RunResult? Result { get; init; }

    public required IReadOnlyList<PhaseRow> Phases { get; init; }

    public required InstanceHistory History { get; init; }
}

/// <summary>An orchestration's history, as a chart and as events.</summary>
public sealed record InstanceHistory(
    OrchestrationMetadata Instance, IReadOnlyList<TimelineStep> Steps, TimelineScale Scale, IReadOnlyList<HistoryEntry> Entries);
