using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Tables;

public partial class Table
{
    /// <summary>The albums of a file's songs; of repeated ids the first wins.</summary>
    public static Table Album { get; } = new AlbumTable();
}

internal sealed class AlbumTable() : Table<RawItem>("album", "albums", place: 1,
[
    new("album_id", item => item.Text(item.Track.Album.Id)),
    new("name", item => item.Text(item.Track.Album.Name)),
    new("release_date", ColumnType.Date, item => item.ReleaseDate),
    new("total_tracks", ColumnType.WholeNumber, item => item.Number(item.Track.Album.TotalTracks)),
    new("url", item => item.Text(item.Track.Album.Url)),
    new("release_date_precision", item => item.Text(item.Track.Album.ReleaseDatePrecision)),
    new("album_type", item => item.Text(item.Track.Album.Type)),
    new("extracted_at", ColumnType.Timestamp, item => item.Head.ExtractedAt),
    new("image_url", item => item.Text(item.Track.Album.ImageUrl)),
    new("raw_file", item => item.RawFile),
])
{
    public override string IdColumn => "album_id";

    internal override void Add(RawItem item, TableWriter writer)
    {
        if (item.IsNewAlbum)
        {
            Write(item, writer);
        }
    }
}
