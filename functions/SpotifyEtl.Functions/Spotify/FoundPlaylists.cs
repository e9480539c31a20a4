namespace SpotifyEtl.Spotify;

/// <summary>Takes of a user's playlists the ids of those that the user owns or collaborates on: apps of 2026 are given no others.</summary>
internal sealed class FoundPlaylists(SpotifyUser user) : IRowSink
{
    private readonly List<string> _ids = [];

    /// <summary>The ids, in order, each once.</summary>
    public IReadOnlyList<string> Ids => [.. _ids.Distinct(StringComparer.Ordinal)];

    public Task BeginAsync(PlaylistHead head, CancellationToken cancellationToken)
    {
        _ids.Clear();
        return Task.CompletedTask;
    }

    public Task WriteAsync(PlaylistPage page, CancellationToken cancellationToken)
    {
        foreach (var row in page.Rows)
        {
            // In place of a playlist that is gone there may be null.
            if (row.Span is [(byte)'{', ..] && PlaylistHead.Parse(row) is { Id: { } id } playlist
                && (playlist.OwnerId == user.Id || playlist.IsCollaborative)
                && PlaylistId.TryParse(id, out var found, out _))
            {
                _ids.Add(found.Value);
            }
        }

        return Task.CompletedTask;
    }

    public Task CommitAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
