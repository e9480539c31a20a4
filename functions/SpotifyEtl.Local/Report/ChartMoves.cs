namespace SpotifyEtl.Local.Report;

/// <summary>The answer to chart_moves, by playlist.</summary>
/// <param name="Answer">The query, and why it was refused if it was; without rows.</param>
/// <param name="Playlists">The playlists, those with the most songs first.</param>
public sealed record ChartMoves(QueryAnswer Answer, IReadOnlyList<PlaylistMoves> Playlists);

/// <summary>What has moved in one playlist since the snapshot before: counts over all of its songs, and the first of them.</summary>
public sealed class PlaylistMoves(string playlistId)
{
    /// <summary>How many songs are kept to be shown, and how many that are gone.</summary>
    public const int SongsShown = 12;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<ChartMove> _songs = [];
    private readonly List<ChartMove> _gone = [];

    public string PlaylistId => playlistId;

    /// <summary>How many songs the newest snapshot has.</summary>
    public int SongCount => _counts.Where(count => count.Key != ChartMove.Gone).Sum(count => count.Value);

    /// <summary>Whether there is a snapshot before to compare with.</summary>
    public bool IsCompared => _counts.Keys.Any(move => move != ChartMove.New);

    /// <summary>Whether only the times of its entries tell which snapshot is the later one.</summary>
    public bool IsOrderedByEntries { get; private set; }

    /// <summary>The songs of the highest places.</summary>
    public IReadOnlyList<ChartMove> Songs => _songs;

    /// <summary>Songs that have left the playlist.</summary>
    public IReadOnlyList<ChartMove> Gone => _gone;

    /// <summary>How many songs moved so: new, up, same, down or gone.</summary>
    public int Count(string move) => _counts.GetValueOrDefault(move);

    /// <summary>Counts a song, and keeps it if it is one of the first.</summary>
    public void Add(ChartMove song)
    {
        _counts[song.Move] = Count(song.Move) + 1;
        IsOrderedByEntries |= song.OrderedBy == "added_at";
        var kept = song.Move == ChartMove.Gone ? _gone : _songs;
        if (kept.Count < SongsShown)
        {
            kept.Add(song);
        }
    }
}
