using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Triggers;

/// <summary>Starts a run that somebody asked for, and answers: 202 with its links, or 409 with those of the run that is in its way.</summary>
internal static class ManualStart
{
    public static async Task<IActionResult> AnswerAsync(
        DurableTaskClient client, string? givenId, RunRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await LiveRuns.FindAsync(client, cancellationToken) is { } live)
        {
            return new ConflictObjectResult(StartedRun.Of(live.InstanceId, client, $"Run {live.InstanceId} has not ended. One run at a time: wait for it, or cancel it."));
        }

        var runId = givenId ?? RunId.Manual(time.GetUtcNow(), RandomNumberGenerator.GetHexString(4, lowercase: true));
        if (!await RunStart.TryAsync(client, runId, request, cancellationToken))
        {
            return new ConflictObjectResult(StartedRun.Of(runId, client, $"There is a run {runId} already. Choose another runId, or none."));
        }

        var started = StartedRun.Of(runId, client, message: null);
        return new AcceptedResult(started.StatusQueryGetUri, started);
    }
}
