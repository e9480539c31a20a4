using SpotifyEtl.Spotify;

namespace SpotifyEtl.Runs;

/// <summary>What a run extracted of Spotify, and what became of it.</summary>
public sealed record ExtractedLists(IReadOnlyList<PlaylistResult> Playlists, IReadOnlyList<SourceResult> Sources)
{
    public static readonly ExtractedLists None = new([], []);

    /// <summary>A sentence for each that failed.</summary>
    public IEnumerable<string> Problems => Playlists.Where(playlist => playlist.Status is PlaylistStatus.Failed)
        .Select(playlist => Named($"Playlist {playlist.PlaylistId}: ", playlist.Message))
        .Concat(Sources.Where(source => source.Status is PlaylistStatus.Failed).Select(source => Named($"Source {source.Source}: ", source.Message)));

    /// <summary>What is odd about sources that were loaded.</summary>
    public IEnumerable<string> Warnings => Sources.Where(source => source.Warning is not null).Select(source => $"Source {source.Source}: {source.Warning}");

    /// <summary>The keys of the raw files.</summary>
    public IEnumerable<string> RawKeys =>
        Playlists.Select(playlist => playlist.RawKey).Concat(Sources.Select(source => source.RawKey)).OfType<string>();

    // Most messages name what they are about themselves.
    private static string Named(string name, string? message) => message?.StartsWith(name, StringComparison.Ordinal) is true ? message : name + message;

    /// <summary>The same when some of the raw files, by their keys, were set aside: what they are of has failed.</summary>
    public ExtractedLists Without(IReadOnlyDictionary<string, RejectedFile> rejected)
    {
        return new ExtractedLists(
            [.. Playlists.Select(playlist => MessageOf(playlist.RawKey) is { } message
                ? playlist with { Status = PlaylistStatus.Failed, Message = message }
                : playlist)],
            [.. Sources.Select(source => MessageOf(source.RawKey) is { } message
                ? source with { Status = PlaylistStatus.Failed, Message = message }
                : source)]);

        string? MessageOf(string? key) => key is not null && rejected.TryGetValue(key, out var file) ? file.ToString() : null;
    }
}
