using System.Globalization;
using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Report;

/// <summary>A row of playlist_growth: a snapshot of a playlist.</summary>
/// <param name="PlaylistId">The playlist.</param>
/// <param name="TakenAt">When it was taken; empty where that is not known.</param>
/// <param name="Songs">How many songs it has.</param>
/// <param name="Came">How many have come since the snapshot before; null: it is the first.</param>
/// <param name="Went">How many have gone since.</param>
public sealed record SnapshotRow(string PlaylistId, string TakenAt, long Songs, long? Came, long? Went)
{
    /// <summary>The columns of a table of them.</summary>
    public static IReadOnlyList<QueryColumn> Columns { get; } =
    [
        new("playlist", "varchar"), new("taken_at", "timestamp"), new("songs", "bigint"), new("came", "bigint"), new("went", "bigint"),
    ];

    /// <summary>When it was taken, as a time; null: that is not known.</summary>
    public DateTime? Time => ReportText.ParseTime(TakenAt)?.UtcDateTime;

    /// <summary>Its cells beneath the columns.</summary>
    /// <param name="playlist">The playlist's name.</param>
    public IReadOnlyList<string?> Cells(string playlist) =>
    [
        playlist, TakenAt, Songs.ToString(CultureInfo.InvariantCulture), Came?.ToString(CultureInfo.InvariantCulture),
        Went?.ToString(CultureInfo.InvariantCulture),
    ];

    public static SnapshotRow Of(QueryRow row) => new(
        row.Text("playlist_id"), WithoutFraction(row.Text("taken_at")), row.Number("songs") ?? 0, row.Number("came"), row.Number("went"));

    // Times are told to the second.
    private static string WithoutFraction(string time) => time.EndsWith(".000", StringComparison.Ordinal) ? time[..^4] : time;
}
