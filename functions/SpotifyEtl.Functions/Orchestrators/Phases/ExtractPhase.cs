using Microsoft.DurableTask;
using SpotifyEtl.Activities;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Orchestrators.Phases;

/// <summary>Extracts the playlists, side by side. One that fails stops no other; one that Spotify puts off is waited for on a durable timer.</summary>
internal static class ExtractPhase
{
    // Beyond a day the next day's run does the work; and each wait makes the history longer.
    private const int MaxDeferrals = 50;

    private static readonly TimeSpan s_longestDeferral = TimeSpan.FromHours(24);

    public static async Task<PlaylistResult[]> RunAsync(TaskOrchestrationContext context, RunRequest request, DateTimeOffset start)
    {
        PhaseProgress progress = new(context, RunPhase.Extract, request.Playlists.Count);
        var log = context.CreateReplaySafeLogger(typeof(RunEtl));
        return await Task.WhenAll(request.Playlists.Select(async playlistId =>
        {
            var result = await ExtractAsync(context, new ExtractPlaylistRequest(playlistId, start, request.Force), progress);
            progress.Add(failed: result.Status is PlaylistStatus.Failed);
            RunLog.PlaylistEnded(log, context.InstanceId, playlistId, result.Status, result.Items);
            return result;
        }));
    }

    private static async Task<PlaylistResult> ExtractAsync(TaskOrchestrationContext context, ExtractPlaylistRequest request, PhaseProgress progress)
    {
        var deferrals = 0;
        DateTimeOffset? deferredUntil = null;
        return await TryAsync() with { Deferrals = deferrals, DeferredUntil = deferredUntil };

        async Task<PlaylistResult> TryAsync()
        {
            try
            {
#pragma warning disable DURABLE0011 // The loop ends after MaxDeferrals waits, which the analyzer does not see.
                while (true)
#pragma warning restore DURABLE0011
                {
                    var extracted = await context.CallActivityAsync<ExtractOutcome>(nameof(ExtractPlaylist), request, StepRetries.Options);
                    if (extracted.DeferredUntil is not { } until)
                    {
                        return extracted.Playlist!;
                    }

                    deferredUntil = until;
                    if (deferrals == MaxDeferrals || until - request.RunStart > s_longestDeferral)
                    {
                        return PlaylistResult.Failed(
                            request.PlaylistId,
                            $"Spotify asks to wait until {until:u}, and after {deferrals} waits the run waits no longer, nor ever longer than a day: the app's "
                            + "rate limit or quota is used up. Start a run of this playlist after that time; if it stays so, load fewer playlists a day or ask "
                            + "Spotify for more quota.");
                    }

                    deferrals++;
                    await WaitAsync(context, request.PlaylistId, until, progress);
                }
            }
            catch (TaskFailedException failure)
            {
                return PlaylistResult.Failed(request.PlaylistId, failure.Reason);
            }
        }
    }

    private static async Task WaitAsync(TaskOrchestrationContext context, string playlistId, DateTimeOffset until, PhaseProgress progress)
    {
        progress.BeginWait(until);
        RunLog.PlaylistWaits(context.CreateReplaySafeLogger(typeof(RunEtl)), context.InstanceId, playlistId, until);
        await context.CreateTimer(until.UtcDateTime, CancellationToken.None);
        progress.EndWait(until);
    }
}
