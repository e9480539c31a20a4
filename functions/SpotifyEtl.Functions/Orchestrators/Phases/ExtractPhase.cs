using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Activities;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Orchestrators.Phases;

/// <summary>
/// Extracts the playlists and the other sources, side by side, and the playlists that a source tells of. One that fails stops no other; one that Spotify
/// puts off is waited for on a durable timer.
/// </summary>
internal sealed class ExtractPhase
{
    private readonly TaskOrchestrationContext _context;
    private readonly RunRequest _request;
    private readonly DateTimeOffset _start;
    private readonly PhaseProgress _progress;
    private readonly ILogger _log;
    private readonly HashSet<string> _playlists;

    private ExtractPhase(TaskOrchestrationContext context, RunRequest request, DateTimeOffset start)
    {
        _context = context;
        _request = request;
        _start = start;
        _progress = new PhaseProgress(context, RunPhase.Extract, request.Playlists.Count + (request.Sources?.Count ?? 0));
        _log = context.CreateReplaySafeLogger(typeof(RunEtl));
        _playlists = new HashSet<string>(request.Playlists, StringComparer.Ordinal);
    }

    public static Task<ExtractedLists> RunAsync(TaskOrchestrationContext context, RunRequest request, DateTimeOffset start) =>
        new ExtractPhase(context, request, start).RunAsync();

    private async Task<ExtractedLists> RunAsync()
    {
        List<Task<PlaylistResult>> playlists = [.. _request.Playlists.Select(PlaylistAsync)];
        List<Task<(SourceResult Source, PlaylistResult[] Found)>> sources = [.. (_request.Sources ?? []).Select(SourceAsync)];
        var asked = await Task.WhenAll(playlists);
        var others = await Task.WhenAll(sources);
        return new ExtractedLists([.. asked, .. others.SelectMany(other => other.Found)], [.. others.Select(other => other.Source)]);
    }

    private async Task<PlaylistResult> PlaylistAsync(string playlistId)
    {
        ExtractPlaylistRequest request = new(playlistId, _start, _request.Force);
        PatientExtraction extraction = new(_context, _start, _progress);
        var result = await extraction.RunAsync<PlaylistResult>(
            "playlist",
            async () =>
            {
                var outcome = await _context.CallActivityAsync<ExtractOutcome>(
                    nameof(ExtractPlaylist), request, StepRetries.Of(_context, $"Playlist {playlistId}"));
                return (outcome.Playlist, outcome.DeferredUntil);
            },
            reason => PlaylistResult.Failed(playlistId, reason),
            until => RunLog.PlaylistWaits(_log, _context.InstanceId, playlistId, until));
        result = result with { Deferrals = extraction.Deferrals, DeferredUntil = extraction.DeferredUntil };
        _progress.Add(failed: result.Status is PlaylistStatus.Failed);
        RunLog.PlaylistEnded(_log, _context.InstanceId, playlistId, result.Status, result.Items);
        return result;
    }

    private async Task<(SourceResult Source, PlaylistResult[] Found)> SourceAsync(string source)
    {
        ExtractSourceRequest request = new(source, _start, _request.Force);
        PatientExtraction extraction = new(_context, _start, _progress);
        var result = await extraction.RunAsync<SourceResult>(
            "source",
            async () =>
            {
                var outcome = await _context.CallActivityAsync<ExtractSourceOutcome>(
                    nameof(ExtractSource), request, StepRetries.Of(_context, $"Source {source}"));
                return (outcome.Source, outcome.DeferredUntil);
            },
            reason => SourceResult.Failed(source, reason),
            until => RunLog.SourceWaits(_log, _context.InstanceId, source, until));
        result = result with { Deferrals = extraction.Deferrals, DeferredUntil = extraction.DeferredUntil };
        List<string> found = [.. (result.Playlists ?? []).Where(_playlists.Add)];
        if (found.Count > 0)
        {
            _progress.Expect(found.Count);
        }

        _progress.Add(failed: result.Status is PlaylistStatus.Failed);
        RunLog.SourceEnded(_log, _context.InstanceId, source, result.Status, result.Items);
        return (result, await Task.WhenAll(found.Select(PlaylistAsync)));
    }
}
