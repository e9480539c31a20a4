using DurableTask.Core.History;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Instances;
using SpotifyEtl.Local.Catalog.Listing;
using SpotifyEtl.Local.Monitor.RunFiles;
using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Local.Monitor.Timeline;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Monitor;

/// <summary>Reads runs for their pages.</summary>
internal sealed class RunReader(
    DurableTaskClient client,
    RunRecords records,
    FileListReader files,
    ITableCatalog catalog,
    RunInterruptions interruptions,
    RunNotices notices,
    TimeProvider time)
{
    /// <summary>The run's instance, or null when there is no run of that id.</summary>
    public async Task<OrchestrationMetadata?> FindAsync(string runId, CancellationToken cancellationToken) =>
        await RunInstances.FindAsync(client, runId, cancellationToken);

    public async Task<RunDetails?> ReadAsync(string runId, FileListQuery query, CancellationToken cancellationToken)
    {
        if (await FindAsync(runId, cancellationToken) is not { } instance)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var run = RunRow.Of(instance, now);
        var result = instance.IsCompleted ? run.Result ?? await records.FindRunAsync(runId, cancellationToken) : null;
        var timeline = await ReadTimelineAsync(runId, instance, cancellationToken);
        return new RunDetails(run)
        {
            Result = result,
            Files = await files.ReadAsync(run, query, cancellationToken),
            Phases = PhaseRow.Read(run, result, timeline.Steps, now),
            Timeline = timeline,
            CanQueryFiles = (await catalog.ListAsync(cancellationToken)).Any(table => table.Kind is LakeTableKind.Records),
            Notices = instance.IsCompleted ? [] : notices.Of(runId),
        };
    }

    /// <summary>A part of a run, or null when it has none of that name.</summary>
    public async Task<InstanceTimeline?> ReadPartAsync(string runId, string part, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(PartId(runId, part), getInputsAndOutputs: true, cancellationToken) is { } instance
            ? await ReadTimelineAsync(runId, instance, cancellationToken)
            : null;

    /// <summary>The history of a run or of one of its parts, or null when there is none such.</summary>
    public async Task<InstanceHistory?> ReadHistoryAsync(string instanceId, int page, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(instanceId, cancellationToken) is { } instance
            ? new InstanceHistory(instance, HistoryEntry.Read(await HistoryOfAsync(instanceId, cancellationToken)), page)
            : null;

    /// <summary>One of the texts that an event of a history holds, whole; null when there is no such text.</summary>
    public async Task<string?> ReadTextAsync(string instanceId, int number, int text, CancellationToken cancellationToken) =>
        (await ReadHistoryAsync(instanceId, page: 1, cancellationToken))?.Entries.FirstOrDefault(entry => entry.Number == number)?.Texts
            .ElementAtOrDefault(text)?.Text;

    /// <summary>A part's instance id; without a part the run's.</summary>
    public static string PartId(string runId, string part) => part.Length > 0 ? $"{runId}:{part}" : runId;

    private async Task<InstanceTimeline> ReadTimelineAsync(string runId, OrchestrationMetadata instance, CancellationToken cancellationToken)
    {
        var history = await HistoryOfAsync(instance.InstanceId, cancellationToken);
        var steps = TimelineReader.Read(history);
        var end = instance.IsCompleted ? instance.LastUpdatedAt : time.GetUtcNow();
        return new InstanceTimeline(instance, steps, TimelineScale.Of(steps, instance.CreatedAt, end), HistoryEntry.Count(history))
        {
            Interruptions =
            [
                .. interruptions.Of(runId).Where(interruption => interruption.WentOnAt > instance.CreatedAt && interruption.LastSeenAt < end),
            ],
        };
    }

    private async Task<IList<HistoryEvent>> HistoryOfAsync(string instanceId, CancellationToken cancellationToken) =>
        await client.GetOrchestrationHistoryAsync(instanceId, cancellationToken);
}
