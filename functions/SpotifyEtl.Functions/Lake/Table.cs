namespace SpotifyEtl.Lake;

/// <summary>A table of the lake: its name, the folder that a crawler reads, and its columns in order.</summary>
public sealed record Table(string Name, params string[] Columns)
{
    public static readonly Table Album = new("album", "album_id", "name", "release_date", "total_tracks", "url", "release_date_precision", "album_type", "extracted_at");

    public static readonly Table Artist = new("artist", "artist_id", "artist_name", "external_url", "extracted_at");

    public static readonly Table Song = new(
        "song", "song_id", "song_name", "duration_ms", "url", "popularity", "song_added", "album_id", "artist_id", "explicit", "isrc", "extracted_at");

    public static readonly Table Playlist = new("playlist", "playlist_id", "snapshot_id", "extracted_at", "position", "song_id", "added_at");

    public static readonly Table SongArtist = new("song_artist", "song_id", "artist_id", "position", "extracted_at");

    public static readonly Table Rejected = new("rejected", "raw_file", "item_index", "reason", "detail");

    /// <summary>All tables, in the order in which results are shown.</summary>
    public static readonly IReadOnlyList<Table> All = [Album, Artist, Song, Playlist, SongArtist, Rejected];

    /// <summary>The name by which Glue, Athena and DuckDB know the table: that of its folder.</summary>
    public string CatalogName => Name + "_data";

    /// <summary>The key prefix of its objects.</summary>
    public string Prefix => $"{LakeKeys.Transformed}{CatalogName}/";

    /// <summary>The key of the object that holds the rows of one raw file.</summary>
    public string KeyFor(string stem) => $"{Prefix}{Name}_transformed_{stem}.csv";

    /// <summary>The stem of the raw file that an object of this table came from, or null when the key is not one of ours.</summary>
    public string? StemOf(string key)
    {
        var start = $"{Prefix}{Name}_transformed_";
        return key.StartsWith(start, StringComparison.Ordinal) && key.EndsWith(".csv", StringComparison.Ordinal) ? key[start.Length..^4] : null;
    }
}
