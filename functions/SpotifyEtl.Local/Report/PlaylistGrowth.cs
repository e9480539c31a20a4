namespace SpotifyEtl.Local.Report;

/// <summary>The answer to playlist_growth, by playlist.</summary>
/// <param name="Answer">The query, its columns, and why it was refused if it was; without rows.</param>
/// <param name="Playlists">The playlists, those with the most songs first.</param>
public sealed record PlaylistGrowth(QueryAnswer Answer, IReadOnlyList<PlaylistSnapshots> Playlists);

/// <summary>The newest snapshots of one playlist, the oldest of them first.</summary>
public sealed class PlaylistSnapshots(string playlistId)
{
    /// <summary>How many snapshots are kept to be shown.</summary>
    public const int SnapshotsShown = 60;

    private readonly Queue<IReadOnlyList<string?>> _rows = new();

    public string PlaylistId => playlistId;

    /// <summary>The songs of the newest snapshot.</summary>
    public double Songs => ChartNumber.Parse(_rows.Last()[2]);

    /// <summary>Rows of the query: playlist_id, extracted_at, songs, came, went.</summary>
    public IReadOnlyCollection<IReadOnlyList<string?>> Rows => _rows;

    /// <summary>Whether the snapshots were taken at two times at least, so that a line joins them.</summary>
    public bool IsLine => _rows.Select(row => row[1]).Where(time => !string.IsNullOrEmpty(time)).Distinct(StringComparer.Ordinal).Skip(1).Any();

    /// <summary>Takes the row of the next snapshot.</summary>
    public void Add(IReadOnlyList<string?> row)
    {
        _rows.Enqueue(row);
        if (_rows.Count > SnapshotsShown)
        {
            _rows.Dequeue();
        }
    }
}
