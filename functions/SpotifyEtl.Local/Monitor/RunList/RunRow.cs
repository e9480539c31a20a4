using System.Text.Json;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Instances;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Monitor.RunList;

/// <summary>A run in one line: what its instance alone tells.</summary>
public sealed record RunRow(string RunId, RunStatus Status, DateTimeOffset StartedAt, TimeSpan Duration)
{
    /// <summary>What it was asked for; null when its input cannot be read.</summary>
    public RunRequest? Request { get; init; }

    /// <summary>How far it is; null when it has ended or has not begun.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>What it did; null unless it succeeded.</summary>
    public RunResult? Result { get; init; }

    /// <summary>What it made of files; null until it has ended, or when it ended before it could say.</summary>
    public RunCounts? Counts { get; init; }

    /// <summary>Why it failed or was cancelled; null when it was not.</summary>
    public string? Failure { get; init; }

    public bool IsLive => Status is RunStatus.Running or RunStatus.Suspended;

    public RunTrigger Trigger => RunTriggers.Of(RunId, Request);

    public DateTimeOffset? EndedAt => IsLive ? null : StartedAt + Duration;

    public static RunRow Of(OrchestrationMetadata instance, DateTimeOffset now)
    {
        var ended = instance.IsCompleted ? Read(instance.ReadCustomStatusAs<Ended>) : null;
        return new RunRow(
            instance.InstanceId,
            RunInstances.StatusOf(instance.RuntimeStatus),
            instance.CreatedAt,
            (instance.IsCompleted ? instance.LastUpdatedAt : now) - instance.CreatedAt)
        {
            Request = Read(instance.ReadInputAs<RunRequest>),
            Progress = instance.IsCompleted ? null : Read(instance.ReadCustomStatusAs<RunProgress>),
            Result = instance.RuntimeStatus is OrchestrationRuntimeStatus.Completed ? Read(instance.ReadOutputAs<RunResult>) : null,
            Counts = ended is { Files: { } files, Rows: { } rows } ? RunCounts.Of(files, rows) : null,
            Failure = EndReason.Of(instance),
        };
    }

    // Of a run that another version of the app made, what can be read is shown.
    private static T? Read<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Of the custom status that a run ends with.
    private sealed record Ended(FileCounts? Files, RowCounts? Rows);
}
