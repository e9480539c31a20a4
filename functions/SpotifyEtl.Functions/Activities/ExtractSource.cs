using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Activities;

/// <summary>Keeps the raw JSON of one of the user's lists in to_process, unless there is nothing new in it. Run twice, it writes the same key.</summary>
public sealed class ExtractSource(SourceExtractor extractor, SourceBookmarks bookmarks)
{
    [Function(nameof(ExtractSource))]
    public Task<ExtractSourceOutcome> RunAsync([ActivityTrigger] ExtractSourceRequest request, CancellationToken cancellationToken) =>
        extractor.ExtractAsync(request.Source, request.RunStart, request.Force ? null : PlayedUntilAsync, cancellationToken);

    private async Task<DateTimeOffset?> PlayedUntilAsync(string rawName, CancellationToken cancellationToken) =>
        (await bookmarks.FindAsync(rawName, cancellationToken))?.PlayedUntil;
}

/// <summary>The source's name, the start of the run that its raw file is named after, and whether to extract what is loaded already.</summary>
public sealed record ExtractSourceRequest(string Source, DateTimeOffset RunStart, bool Force);
