namespace SpotifyEtl.Spotify;

/// <summary>Takes the rows of a list; all of them count once it is committed, and none before.</summary>
internal interface IRowSink : IAsyncDisposable
{
    Task BeginAsync(PlaylistHead head, CancellationToken cancellationToken);

    Task WriteAsync(PlaylistPage page, CancellationToken cancellationToken);

    Task CommitAsync(CancellationToken cancellationToken);
}
