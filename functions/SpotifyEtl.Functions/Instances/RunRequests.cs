using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Lake;
using SpotifyEtl.Notifications;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Instances;

/// <summary>Makes requests of what somebody asks for and of the settings as they are now.</summary>
public sealed class RunRequests(IOptions<SpotifyOptions> spotify, IOptions<CatalogOptions> catalog, ILake lake, Webhook webhook)
{
    /// <summary>A request for the playlists and other sources of the settings.</summary>
    public RunRequest Create() => Create(spotify.Value.Selection());

    /// <summary>A request for these playlists and other sources.</summary>
    public RunRequest Create(SourceSelection selection, bool force = false, ReprocessRange? reprocess = null) =>
        Create(selection.Playlists, force, reprocess: reprocess) with { Sources = selection.Sources is { Count: > 0 } sources ? sources : null };

    /// <summary>A request for these playlists, each once, and what was staged, or for these processed files once more.</summary>
    public RunRequest Create(IReadOnlyList<string> playlists, bool force = false, string? staged = null, ReprocessRange? reprocess = null) => new()
    {
        Lake = lake.Location,
        Playlists = [.. playlists.Distinct(StringComparer.Ordinal)],
        Force = force,
        Staged = staged,
        Reprocess = reprocess,
        Crawlers = catalog.Value.CrawlerNames,
        CrawlerTimeout = catalog.Value.Timeout,
        VerifyTables = catalog.Value.VerifyTables,
        Notify = webhook.IsSet,
    };

    /// <summary>A request for the same work as another one's. What was staged for that one has been processed or still lies in to_process.</summary>
    public RunRequest CreateAgain(RunRequest before) =>
        Create(new SourceSelection(before.Playlists, before.Sources ?? []), before.Force, before.Reprocess);
}
