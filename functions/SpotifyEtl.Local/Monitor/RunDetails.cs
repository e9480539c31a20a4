using Microsoft.DurableTask.Client;
using SpotifyEtl.Local.Monitor.RunFiles;
using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Local.Monitor.Timeline;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Monitor;

/// <summary>All that a run's page shows.</summary>
public sealed record RunDetails(RunRow Run)
{
    /// <summary>What it did, of a failed run too; null until it has ended, or when its record is not there.</summary>
    public RunResult? Result { get; init; }

    public required FileList Files { get; init; }

    public required IReadOnlyList<PhaseRow> Phases { get; init; }

    public required InstanceTimeline Timeline { get; init; }

    /// <summary>What it has met on its way, the newest last; of a run that has ended none, as its result tells what remained.</summary>
    public IReadOnlyList<RunNotice> Notices { get; init; } = [];

    /// <summary>Whether SQL may ask for the records of its files.</summary>
    public bool CanQueryFiles { get; init; }

    /// <summary>What it made of files; of a run that has not said so, what their records tell. Null: nothing is known.</summary>
    public RunCounts? Counts => Result is { } result ? RunCounts.Of(result.Files, result.Rows) : Files.Total > 0 ? Files.Sum : null;
}

/// <summary>An orchestration's history as a chart.</summary>
/// <param name="Instance">The orchestration.</param>
/// <param name="Steps">What it asked for.</param>
/// <param name="Scale">The times of the chart.</param>
/// <param name="Events">How many events the history has.</param>
public sealed record InstanceTimeline(OrchestrationMetadata Instance, IReadOnlyList<TimelineStep> Steps, TimelineScale Scale, int Events)
{
    /// <summary>When it stood still as no process was there.</summary>
    public IReadOnlyList<RunInterruption> Interruptions { get; init; } = [];
}

/// <summary>An orchestration's history as events.</summary>
/// <param name="Instance">The orchestration.</param>
/// <param name="Entries">The events.</param>
/// <param name="Page">Which page of them is shown, from 1.</param>
public sealed record InstanceHistory(OrchestrationMetadata Instance, IReadOnlyList<HistoryEntry> Entries, int Page);
