using SpotifyEtl.Transform.Playlists;

namespace SpotifyEtl.Transform.Tables;

public partial class Table
{
    /// <summary>The playlists of a raw file: what each said of itself when it was taken, and whether all of its rows are there.</summary>
    public static Table Snapshot { get; } = new SnapshotTable();
}

internal sealed class SnapshotTable() : Table<PlaylistSnapshot>("snapshot", "snapshots", place: 6,
[
    new("playlist_id", snapshot => snapshot.Head.PlaylistId),
    new("snapshot_id", snapshot => snapshot.Head.SnapshotId),
    new("extracted_at", ColumnType.Timestamp, snapshot => snapshot.Head.ExtractedAt),
    new("taken_at", ColumnType.Timestamp, snapshot => snapshot.TakenAt),
    new("taken_from", snapshot => snapshot.TakenFrom),
    new("name", snapshot => snapshot.About.Name),
    new("description", snapshot => snapshot.About.Description),
    new("owner_id", snapshot => snapshot.About.OwnerId),
    new("owner_name", snapshot => snapshot.About.OwnerName),
    new("followers", ColumnType.WholeNumber, snapshot => snapshot.About.Followers),
    new("is_public", ColumnType.Boolean, snapshot => snapshot.About.IsPublic),
    new("collaborative", ColumnType.Boolean, snapshot => snapshot.About.IsCollaborative),
    new("image_url", snapshot => snapshot.About.ImageUrl),
    new("total", ColumnType.WholeNumber, snapshot => snapshot.TotalText),
    new("items", snapshot => snapshot.Items),
    new("complete", ColumnType.Boolean, snapshot => snapshot.IsComplete ? "true"u8 : "false"u8),
    new("raw_file", snapshot => snapshot.RawFile),
])
{
    public override bool IsCrawled => false;

    internal override void Add(PlaylistSnapshot snapshot, TableWriter writer) => Write(snapshot, writer);
}
