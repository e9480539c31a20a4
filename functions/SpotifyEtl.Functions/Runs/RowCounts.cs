using System.Text.Json.Serialization;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Runs;

/// <summary>Rows written, by table.</summary>
public sealed record RowCounts(long Album, long Artist, long Song, long Playlist, [property: JsonPropertyName("song_artist")] long SongArtist, long Rejected)
{
    public static readonly RowCounts None = new(0, 0, 0, 0, 0, 0);

    public static RowCounts operator +(RowCounts a, RowCounts b) => new(
        a.Album + b.Album, a.Artist + b.Artist, a.Song + b.Song, a.Playlist + b.Playlist, a.SongArtist + b.SongArtist, a.Rejected + b.Rejected);

    /// <summary>The counts of a dictionary by table name.</summary>
    public static RowCounts Of(IReadOnlyDictionary<string, long> rows)
    {
        return new(Of(Table.Album), Of(Table.Artist), Of(Table.Song), Of(Table.Playlist), Of(Table.SongArtist), Of(Table.Rejected));

        long Of(Table table) => rows.GetValueOrDefault(table.Name);
    }

    /// <summary>The rows of one table.</summary>
    public long Of(Table table) => table.Name switch
    {
        "album" => Album,
        "artist" => Artist,
        "song" => Song,
        "playlist" => Playlist,
        "song_artist" => SongArtist,
        "rejected" => Rejected,
        _ => throw new ArgumentOutOfRangeException(nameof(table), table.Name, "There is no such table."),
    };
}
