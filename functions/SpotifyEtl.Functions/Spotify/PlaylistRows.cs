namespace SpotifyEtl.Spotify;

/// <summary>The rows of a playlist, which has a snapshot.</summary>
internal sealed class PlaylistRows(PlaylistReader reader, PlaylistId id) : IRowList
{
    public SourceId Source { get; } = SourceId.Of(id);

    public Task<PlaylistHead> ReadHeadAsync(CancellationToken cancellationToken) => reader.ReadHeadAsync(id, cancellationToken);

    public IAsyncEnumerable<PlaylistPage> ReadPagesAsync(PlaylistHead head, CancellationToken cancellationToken) =>
        reader.ReadPagesAsync(id, head, cancellationToken);

    public Task<string?> ReadVersionAsync(CancellationToken cancellationToken) => reader.ReadSnapshotIdAsync(id, cancellationToken);
}
