using Microsoft.DurableTask.Client;
using SpotifyEtl.Instances;
using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Local.Monitor.Timeline;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Monitor;

/// <summary>Reads runs for their pages.</summary>
internal sealed class RunReader(DurableTaskClient client, RunRecords records, TimeProvider time)
{
    // A run of many files has hundreds of parts with a hundred steps each: beyond this each has its own page only.
    private const int MostPartsShown = 12;
    private const int MostStepsOfPart = 40;

    /// <summary>The run's instance, or null when there is no run of that id.</summary>
    public async Task<OrchestrationMetadata?> FindAsync(string runId, CancellationToken cancellationToken) =>
        await RunInstances.FindAsync(client, runId, cancellationToken);

    public async Task<RunDetails?> ReadAsync(string runId, CancellationToken cancellationToken)
    {
        if (await FindAsync(runId, cancellationToken) is not { } instance)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var run = RunRow.Of(instance, now);
        var result = instance.IsCompleted ? run.Result ?? await records.FindRunAsync(runId, cancellationToken) : null;
        var history = await ReadHistoryAsync(instance, withParts: true, cancellationToken);
        return new RunDetails(run) { Result = result, Phases = PhaseRow.Read(run, result, history.Steps, now), History = history };
    }

    /// <summary>A part of a run, or null when it has none of that name.</summary>
    public async Task<InstanceHistory?> ReadPartAsync(string runId, string part, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(PartId(runId, part), getInputsAndOutputs: true, cancellationToken) is { } instance
            ? await ReadHistoryAsync(instance, withParts: false, cancellationToken)
            : null;

    /// <summary>One of the texts that an event of a history holds, whole; null when there is no such text.</summary>
    public async Task<string?> ReadTextAsync(string instanceId, int number, int text, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(instanceId, cancellationToken) is not null
        && HistoryEntry.Read(await client.GetOrchestrationHistoryAsync(instanceId, cancellationToken))
            .FirstOrDefault(entry => entry.Number == number) is { } entry
            ? entry.Texts.ElementAtOrDefault(text)?.Text
            : null;

    /// <summary>A part's instance id.</summary>
    public static string PartId(string runId, string part) => $"{runId}:{part}";

    private async Task<InstanceHistory> ReadHistoryAsync(OrchestrationMetadata instance, bool withParts, CancellationToken cancellationToken)
    {
        var history = await client.GetOrchestrationHistoryAsync(instance.InstanceId, cancellationToken);
        var steps = TimelineReader.Read(history);
        if (withParts && steps.Count(step => step.PartId is not null) <= MostPartsShown)
        {
            steps = await Task.WhenAll(steps.Select(step => WithPartAsync(step, cancellationToken)));
        }

        var end = instance.IsCompleted ? instance.LastUpdatedAt : time.GetUtcNow();
        return new InstanceHistory(instance, steps, TimelineScale.Of(steps, instance.CreatedAt, end), HistoryEntry.Read(history));
    }

    private async Task<TimelineStep> WithPartAsync(TimelineStep step, CancellationToken cancellationToken)
    {
        if (step.PartId is null || await client.GetInstanceAsync(step.PartId, cancellationToken) is null)
        {
            return step;
        }

        var steps = TimelineReader.Read(await client.GetOrchestrationHistoryAsync(step.PartId, cancellationToken));
        return steps.Count <= MostStepsOfPart ? step with { Steps = steps } : step;
    }
}
