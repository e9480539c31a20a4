using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Tables;

public partial class Table
{
    /// <summary>The songs of a file; of repeated ids the first wins.</summary>
    public static Table Song { get; } = new SongTable();
}

internal sealed class SongTable() : Table<RawItem>("song", "songs", place: 3,
[
    new("song_id", item => item.Text(item.Track.Id)),
    new("song_name", item => item.Text(item.Track.Name)),
    new("duration_ms", ColumnType.WholeNumber, item => item.Number(item.Track.DurationMs)),
    new("url", item => item.Text(item.Track.Url)),
    new("popularity", ColumnType.WholeNumber, item => item.Number(item.Track.Popularity)),
    new("song_added", ColumnType.Timestamp, item => item.AddedAt),
    new("album_id", item => item.Text(item.Track.Album.Id)),
    new("artist_id", item => item.Text(item.FirstArtistId)),
    new("explicit", ColumnType.Boolean, item => item.Text(item.Track.Explicit)),
    new("isrc", item => item.Text(item.Track.Isrc)),
    new("extracted_at", ColumnType.Timestamp, item => item.Head.ExtractedAt),
    new("disc_number", ColumnType.WholeNumber, item => item.Number(item.Track.DiscNumber)),
    new("track_number", ColumnType.WholeNumber, item => item.Number(item.Track.TrackNumber)),
    new("is_playable", ColumnType.Boolean, item => item.Text(item.Track.IsPlayable)),
    new("raw_file", item => item.RawFile),
])
{
    public override string IdColumn => "song_id";

    internal override void Add(RawItem item, TableWriter writer)
    {
        if (item.IsNewSong)
        {
            Write(item, writer);
        }
    }
}
