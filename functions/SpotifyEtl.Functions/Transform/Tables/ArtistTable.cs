using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Tables;

public partial class Table
{
    /// <summary>Every artist of a file's songs and albums, so that each artist_id joins; of repeated ids the first wins.</summary>
    public static Table Artist { get; } = new ArtistTable();
}

internal sealed class ArtistTable() : Table<ArtistOfItem>("artist", "artists", place: 2,
[
    new("artist_id", row => row.Item.Text(row.Artist.Id)),
    new("artist_name", row => row.Item.Text(row.Artist.Name)),
    new("external_url", row => row.Item.Text(row.Artist.Url)),
    new("extracted_at", ColumnType.Timestamp, row => row.Item.Head.ExtractedAt),
    new("raw_file", row => row.Item.RawFile),
])
{
    public override string IdColumn => "artist_id";

    internal override void Add(RawItem item, TableWriter writer)
    {
        foreach (var artist in item.NewArtists)
        {
            Write(new ArtistOfItem(item, artist), writer);
        }
    }
}

internal readonly record struct ArtistOfItem(RawItem Item, ArtistFields Artist);
