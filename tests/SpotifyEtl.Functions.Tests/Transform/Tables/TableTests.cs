using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform.Tables;

public sealed class TableTests
{
    [Theory]
    [InlineData("album", "album_id,name,release_date,total_tracks,url,release_date_precision,album_type,extracted_at,image_url,raw_file")]
    [InlineData("artist", "artist_id,artist_name,external_url,extracted_at,raw_file")]
    [InlineData(
        "song",
        "song_id,song_name,duration_ms,url,popularity,song_added,album_id,artist_id,explicit,isrc,extracted_at,disc_number,track_number,is_playable,raw_file")]
    [InlineData("playlist", "playlist_id,snapshot_id,extracted_at,position,song_id,added_at,added_by,linked_from_id,raw_file")]
    [InlineData("song_artist", "song_id,artist_id,position,extracted_at,raw_file")]
    [InlineData(
        "snapshot",
        "playlist_id,snapshot_id,extracted_at,taken_at,taken_from,name,description,owner_id,owner_name,followers,is_public,collaborative,image_url,total,items,"
        + "complete,raw_file")]
    [InlineData(
        "play", "played_at,song_id,song_name,artist_name,album_name,ms_played,context_uri,source,extracted_at,raw_file,kind,uri,incognito")]
    [InlineData("rejected", "raw_file,item_index,reason,detail")]
    public void A_released_table_keeps_its_columns_and_gets_others_only_at_the_end(string name, string columns)
    {
        var table = Assert.Single(Table.All, table => table.Name == name);

        Assert.StartsWith(columns + ',', string.Join(',', table.Columns) + ',', StringComparison.Ordinal);
    }

    [Fact]
    public void A_tables_key_names_folder_table_and_stem()
    {
        Assert.Equal("transformed_data/song_artist_data/song_artist_transformed_x_1.csv", Table.SongArtist.KeyFor("x_1"));
        Assert.Equal("song_artist_data", Table.SongArtist.CatalogName);
    }

    [Fact]
    public void A_key_gives_back_its_stem_to_its_own_table_only()
    {
        var key = Table.Song.KeyFor("stem.x");

        Assert.Equal("stem.x", Table.Song.StemOf(key));
        Assert.Null(Table.SongArtist.StemOf(key));
        Assert.Null(Table.Song.StemOf(key + ".tmp"));
        Assert.Null(Table.Song.StemOf("transformed_data/song_data/other.csv"));
    }
}
