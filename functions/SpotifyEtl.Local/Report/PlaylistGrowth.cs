namespace SpotifyEtl.Local.Report;

/// <summary>The answer to playlist_growth, by playlist.</summary>
/// <param name="Answer">The query, and why it was refused if it was; without rows.</param>
/// <param name="Playlists">The playlists, those with the most songs first.</param>
public sealed record PlaylistGrowth(QueryAnswer Answer, IReadOnlyList<PlaylistSnapshots> Playlists);

/// <summary>The newest snapshots of one playlist, the oldest of them first.</summary>
public sealed class PlaylistSnapshots(string playlistId)
{
    /// <summary>How many snapshots are kept to be shown.</summary>
    public const int SnapshotsShown = 60;

    private readonly Queue<SnapshotRow> _snapshots = new();

    public string PlaylistId => playlistId;

    /// <summary>How many songs the newest snapshot has.</summary>
    public long SongCount => _snapshots.Last().Songs;

    /// <summary>The snapshots that are shown.</summary>
    public IReadOnlyCollection<SnapshotRow> Snapshots => _snapshots;

    /// <summary>Whether the snapshots were taken at two times at least, so that a line joins them.</summary>
    public bool IsLine =>
        _snapshots.Select(snapshot => snapshot.Time).OfType<DateTime>().Distinct().Skip(1).Any();

    /// <summary>Takes the next snapshot.</summary>
    public void Add(SnapshotRow snapshot)
    {
        _snapshots.Enqueue(snapshot);
        if (_snapshots.Count > SnapshotsShown)
        {
            _snapshots.Dequeue();
        }
    }
}
