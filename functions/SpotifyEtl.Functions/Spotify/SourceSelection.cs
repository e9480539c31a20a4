namespace SpotifyEtl.Spotify;

/// <summary>What a run loads: playlists by their ids, and other sources by their names, each once.</summary>
public sealed record SourceSelection(IReadOnlyList<string> Playlists, IReadOnlyList<string> Sources)
{
    public bool IsEmpty => Playlists.Count == 0 && Sources.Count == 0;

    public static readonly SourceSelection None = new([], []);

    /// <summary>Takes the playlists out of sources, and puts them to the others.</summary>
    public static SourceSelection Of(IEnumerable<string> playlistIds, IEnumerable<SourceId> sources)
    {
        List<SourceId> all = [.. sources];
        return new SourceSelection(
            [.. playlistIds.Concat(all.Select(source => source.Playlist?.Value).OfType<string>()).Distinct(StringComparer.Ordinal)],
            [.. all.Where(source => source.IsOfUser).Select(source => source.Name).Distinct(StringComparer.Ordinal)]);
    }
}
