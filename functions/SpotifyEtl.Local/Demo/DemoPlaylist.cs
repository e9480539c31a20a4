namespace SpotifyEtl.Local.Demo;

/// <summary>The built-in playlist: 60 rows of invented music, the same bytes every time.</summary>
public static class DemoPlaylist
{
    /// <summary>Its id, 22 letters and digits as Spotify's are.</summary>
    public const string Id = "SpotifyEtlDemoPlaylist";

    public const string Name = "Lighthouse Radio: the sixty";

    public const string Description = "Invented music for trying things out: none of it exists.";

    public const int Followers = 1_729;

    // Where the two rows that are no songs stand.
    private const int EpisodePosition = 19;
    private const int LocalPosition = 41;

    private static readonly DateOnly s_firstAdded = new(2026, 8, 7);

    private static readonly Lazy<IReadOnlyList<byte[]>> s_built = new(Build);

    /// <summary>The rows as the API would send them, each one JSON object.</summary>
    public static IReadOnlyList<byte[]> Rows => s_built.Value;

    /// <summary>Changes with the rows, as Spotify's does.</summary>
    public static string SnapshotId => DemoId.Snapshot(Rows);

    // A chart: by popularity, a little out of order as charts are.
    private static List<byte[]> Build()
    {
        var songs = DemoSongs.Albums
            .SelectMany(album => album.Songs.Select((song, n) => (Album: album, Song: song, Number: n + 1)))
            .OrderByDescending(entry => entry.Song.Popularity - DemoId.Number("place", entry.Song.Title, 6))
            .ThenBy(entry => entry.Song.Title, StringComparer.Ordinal);

        List<byte[]> rows = [];
        foreach (var (album, song, number) in songs)
        {
            rows.Add(DemoSongJson.Row(album, song, number, AddedAt(song.Title)));
        }

        rows.Insert(EpisodePosition, DemoEpisodeJson.Row(AddedAt("episode")));
        rows.Insert(LocalPosition, DemoLocalFileJson.Row(AddedAt("local")));
        return rows;
    }

    // New rows come on Fridays, over twelve weeks.
    private static DateTime AddedAt(string what) =>
        s_firstAdded.AddDays(7 * DemoId.Number("week", what, 12)).ToDateTime(new TimeOnly(6, 0).Add(TimeSpan.FromSeconds(DemoId.Number("second", what, 3600))));
}
