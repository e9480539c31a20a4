using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Tables;

public partial class Table
{
    /// <summary>The artists of each song, as the song's first occurrence in a file has them; positions count those that have an id.</summary>
    public static Table SongArtist { get; } = new SongArtistTable();
}

internal sealed class SongArtistTable() : Table<ArtistOfSong>("song_artist", "song_artists", place: 5,
[
    new("song_id", row => row.Item.Text(row.Item.Track.Id)),
    new("artist_id", row => row.Item.Text(row.Artist.Id)),
    new("position", row => row.Position),
    new("extracted_at", ColumnType.Timestamp, row => row.Item.Head.ExtractedAt),
    new("raw_file", row => row.Item.RawFile),
])
{
    internal override void Add(RawItem item, TableWriter writer)
    {
        if (!item.IsNewSong)
        {
            return;
        }

        var position = 0;
        foreach (var artist in item.Track.Artists)
        {
            if (!artist.Id.IsEmpty)
            {
                Write(new ArtistOfSong(item, artist, ++position), writer);
            }
        }
    }
}

internal readonly record struct ArtistOfSong(RawItem Item, ArtistFields Artist, int Position);
