using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Transform;

/// <summary>What became of one raw file. <see cref="RawSha256"/> is the lower-case hex hash of its bytes.</summary>
public abstract record TransformOutcome(string RawSha256);

/// <summary>The file's tables are written; those that got no rows have no object.</summary>
public sealed record Transformed(string RawSha256) : TransformOutcome(RawSha256)
{
    /// <summary>The stem that the names of the tables' objects end with.</summary>
    public required string Stem { get; init; }

    /// <summary>The playlist's id, empty when neither the document nor the file's name tells it, or when the file has several playlists.</summary>
    public required string PlaylistId { get; init; }

    /// <summary>The playlist's snapshot, empty when the document does not tell it, or when the file has several playlists.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>When its playlists and songs were extracted, each time once, as the tables have it; empty where that is not known.</summary>
    public required IReadOnlyCollection<string> ExtractedAt { get; init; }

    /// <summary>The months of its plays, by their first days, in order.</summary>
    public IReadOnlyCollection<DateOnly> PlayMonths { get; init; } = [];

    /// <summary>When the newest of its plays was that the API tells of; null: it has none.</summary>
    public DateTimeOffset? PlayedUntil { get; init; }

    /// <summary>The rows of its playlists and its plays, rejected ones included.</summary>
    public required long Items { get; init; }

    /// <summary>How many rows the playlists have, as they say; null: one of them does not, or there is none.</summary>
    public required long? Total { get; init; }

    /// <summary>What is there of a playlist of which not all is, such as <c>rows 1-100 of 351</c>; null: all is there.</summary>
    public required string? Extent { get; init; }

    /// <summary>The tables' rows, without headers.</summary>
    public required RowCounts Rows { get; init; }

    /// <summary>The cells whose text is not of their column's type: they are missing values in the typed tables.</summary>
    public required long Mistyped { get; init; }

    /// <summary>Rejected rows by reason code, for the reasons that occurred.</summary>
    public required IReadOnlyDictionary<string, long> Rejected { get; init; }

    /// <summary>The objects written, in the order of the tables.</summary>
    public required IReadOnlyList<WrittenTable> Tables { get; init; }
}

/// <summary>The file cannot be loaded: it has no tables, and those of an earlier try are gone.</summary>
public sealed record Defective(string RawSha256, FileDefect Defect) : TransformOutcome(RawSha256);
