namespace SpotifyEtl.Local.Report;

/// <summary>The answer to chart_moves, by playlist.</summary>
/// <param name="Answer">The query, its columns, and why it was refused if it was; without rows.</param>
/// <param name="Playlists">The playlists, those with the most songs first.</param>
public sealed record ChartMoves(QueryAnswer Answer, IReadOnlyList<PlaylistMoves> Playlists);

/// <summary>What has moved in one playlist since the snapshot before: counts over all of its songs, and the first of them.</summary>
public sealed class PlaylistMoves(string playlistId)
{
    /// <summary>How many songs are kept to be shown, and how many that are gone.</summary>
    public const int SongsShown = 20;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<string?>> _rows = [];
    private readonly List<IReadOnlyList<string?>> _gone = [];

    public string PlaylistId => playlistId;

    /// <summary>The songs of the newest snapshot.</summary>
    public int Songs => _counts.Where(count => count.Key != "gone").Sum(count => count.Value);

    /// <summary>Whether there is a snapshot before to compare with.</summary>
    public bool IsCompared => _counts.Keys.Any(move => move != "new");

    /// <summary>The rows of the highest places.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Rows => _rows;

    /// <summary>Rows of songs that have left the playlist.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Gone => _gone;

    /// <summary>How many songs moved so: new, up, same, down or gone.</summary>
    public int Count(string move) => _counts.GetValueOrDefault(move);

    /// <summary>Counts a row of the query: playlist_id, place, place_before, move, song_name, artist_name.</summary>
    public void Add(IReadOnlyList<string?> row)
    {
        var move = row[3] ?? "";
        _counts[move] = Count(move) + 1;
        var kept = move == "gone" ? _gone : _rows;
        if (kept.Count < SongsShown)
        {
            kept.Add(row);
        }
    }
}
