using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Tables;

public partial class Table
{
    /// <summary>The places of a playlist and the songs that hold them.</summary>
    public static Table Playlist { get; } = new PlaylistTable();
}

internal sealed class PlaylistTable() : Table<RawItem>("playlist", "playlist_entries", place: 4,
[
    new("playlist_id", item => item.Head.PlaylistId),
    new("snapshot_id", item => item.Head.SnapshotId),
    new("extracted_at", ColumnType.Timestamp, item => item.Head.ExtractedAt),
    new("position", item => item.Snapshot.Position),
    new("song_id", item => item.Text(item.Track.Id)),
    new("added_at", ColumnType.Timestamp, item => item.AddedAt),
    new("added_by", item => item.Text(item.Row.AddedBy)),
    new("linked_from_id", item => item.Text(item.Track.LinkedFromId)),
    new("raw_file", item => item.RawFile),
])
{
    internal override void Add(RawItem item, TableWriter writer)
    {
        if (item is { IsLoaded: true, Play: null })
        {
            Write(item, writer);
        }
    }
}
