using System.Security.Cryptography;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Triggers;

/// <summary>Starts a run that somebody asked for, unless another has not ended.</summary>
public static class ManualStart
{
    /// <summary>Starts a run of a request, under an id of its own when none is given.</summary>
    public static async Task<ManualStartOutcome> TryAsync(
        DurableTaskClient client, string? givenId, RunRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await LiveRuns.FindAsync(client, cancellationToken) is { } live)
        {
            return new ManualStartOutcome(live.InstanceId, $"Run {live.InstanceId} has not ended. One run at a time: wait for it, or cancel it.");
        }

        var runId = givenId ?? RunId.Manual(time.GetUtcNow(), RandomNumberGenerator.GetHexString(4, lowercase: true));
        return await RunStart.TryAsync(client, runId, request, cancellationToken)
            ? new ManualStartOutcome(runId, Refusal: null)
            : new ManualStartOutcome(runId, $"There is a run {runId} already. Choose another runId, or none.");
    }
}

/// <summary>What became of a start.</summary>
/// <param name="RunId">The run that was started, or the one in its way.</param>
/// <param name="Refusal">Why none was started; null: one was.</param>
public sealed record ManualStartOutcome(string RunId, string? Refusal);
