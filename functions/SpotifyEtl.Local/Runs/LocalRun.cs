using Microsoft.DurableTask.Client;
using SpotifyEtl.Instances;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Runs;

/// <summary>Makes one run on the embedded host, from its request to its result. Runs that were interrupted go on first.</summary>
internal sealed class LocalRun(
    DurableTaskClient client, ILake lake, RunRequests requests, RunStarter starter, RunRecords records, IRunView view)
{
    /// <summary>Loads playlists and other sources, or else the raw files.</summary>
    public Task<RunResult> LoadAsync(SourceSelection selection, bool force, RawFiles? raw, CancellationToken cancellationToken) =>
        RunAsync(requests.Create(selection, force), raw, cancellationToken);

    /// <summary>Transforms processed files again.</summary>
    public Task<RunResult> ReprocessAsync(ReprocessRange range, CancellationToken cancellationToken) =>
        RunAsync(requests.Create([], reprocess: range), raw: null, cancellationToken);

    /// <summary>Does what an earlier run was asked for.</summary>
    /// <exception cref="UsageException">There is no such run.</exception>
    public async Task<RunResult> RerunAsync(string runId, CancellationToken cancellationToken)
    {
        var before = await RunInstances.FindAsync(client, runId, cancellationToken) ?? throw new UsageException($"There is no run {runId}.");
        if (Repeat.Refusal(before) is { } refusal)
        {
            throw new UsageException(refusal);
        }

        var request = before.ReadInputAs<RunRequest>()!;
        if (request.Staged is not null)
        {
            view.Say(
                $"The raw files that run {runId} loaded have moved to raw_data/processed: this run loads what it left in raw_data/to_process. "
                + "'spotify-etl reprocess' transforms the others again.");
        }

        return await RunAsync(requests.CreateAgain(request), raw: null, cancellationToken);
    }

    private async Task<RunResult> RunAsync(RunRequest request, RawFiles? raw, CancellationToken cancellationToken)
    {
        if (starter.Refusal(request) is { } notAllowed)
        {
            throw new UsageException(notAllowed);
        }

        await foreach (var unfinished in RunInstances.ListLiveAsync(client).OrderBy(run => run.CreatedAt).WithCancellation(cancellationToken))
        {
            view.Say($"Going on with run {unfinished.InstanceId}, which was interrupted.");
            var result = await EndOfAsync(unfinished.InstanceId, cancellationToken);
            if (unfinished.ReadInputAs<RunRequest>()?.AsksTheSameAs(await StagedAsync(request, raw, cancellationToken)) is true)
            {
                return result;
            }
        }

        if (raw is not null)
        {
            view.Say($"Staging {raw.Count} raw files.");
            if (raw.PassedOver is { } passedOver)
            {
                view.Say(TerminalText.Clean(passedOver));
            }

            foreach (var renamed in await raw.StageAsync(lake, cancellationToken))
            {
                view.Say(TerminalText.Clean(renamed.ToString()));
            }
        }

        var start = await starter.StartAsync(client, await StagedAsync(request, raw, cancellationToken), runId: null, cancellationToken);
        return start.Refusal is { } refusal ? throw new RunsException(refusal) : await EndOfAsync(start.RunId, cancellationToken);
    }

    private static async Task<RunRequest> StagedAsync(RunRequest request, RawFiles? raw, CancellationToken cancellationToken) =>
        raw is null ? request : request with { Staged = await raw.FingerprintAsync(cancellationToken) };

    private async Task<RunResult> EndOfAsync(string runId, CancellationToken cancellationToken)
    {
        var end = client.WaitForInstanceCompletionAsync(runId, getInputsAndOutputs: true, cancellationToken);
        await view.WatchAsync(runId, () => ProgressOfAsync(runId, cancellationToken), end, cancellationToken);
        var instance = await end;
        if (instance.RuntimeStatus is OrchestrationRuntimeStatus.Completed)
        {
            return instance.ReadOutputAs<RunResult>()!;
        }

        // A run that failed at its very end has left its record; one that failed before has only its failure.
        var reason = instance.FailureDetails?.ErrorMessage ?? instance.SerializedOutput ?? $"It ended as {instance.RuntimeStatus}.";
        return await records.FindRunAsync(runId, cancellationToken)
            ?? RunResult.WithoutRecord(runId, instance.CreatedAt, instance.LastUpdatedAt, reason);
    }

    private async Task<RunProgress?> ProgressOfAsync(string runId, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellationToken) is { IsCompleted: false } live
            ? live.ReadCustomStatusAs<RunProgress>()
            : null;
}
