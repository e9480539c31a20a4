namespace SpotifyEtl.Transform;

/// <summary>What became of one raw file. <see cref="RawSha256"/> is the lower-case hex hash of its bytes.</summary>
public abstract record TransformOutcome(string RawSha256);

/// <summary>The file's tables are written; those that got no rows have no object.</summary>
public sealed record Transformed : TransformOutcome
{
    public Transformed(string rawSha256)
        : base(rawSha256)
    {
    }

    /// <summary>The stem that the names of the tables' objects end with.</summary>
    public required string Stem { get; init; }

    /// <summary>The playlist's id, empty when neither the document nor the file's name tells it.</summary>
    public required string PlaylistId { get; init; }

    /// <summary>The playlist's snapshot, empty when the document does not tell it.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>The playlist's rows, rejected ones included.</summary>
    public required long Items { get; init; }

    /// <summary>Rows by table name, for all tables, without headers.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>Rejected rows by reason code, for the reasons that occurred.</summary>
    public required IReadOnlyDictionary<string, long> Rejected { get; init; }

    /// <summary>The objects written, in the order of the tables.</summary>
    public required IReadOnlyList<WrittenTable> Tables { get; init; }
}

/// <summary>One table's object of one raw file.</summary>
public sealed record WrittenTable(string Table, string Key, long SizeBytes, string Sha256);

/// <summary>The file cannot be loaded: it has no tables, and those of an earlier try are gone.</summary>
/// <param name="RawSha256">The lower-case hex hash of the file's bytes.</param>
/// <param name="Reason">One of <see cref="DefectReasons"/>.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="ByteOffset">Where, counted in bytes from 0, when it is one place.</param>
/// <param name="Line">The line of that place, from 1.</param>
/// <param name="BytePositionInLine">The place's distance in bytes from the start of its line, from 0.</param>
public sealed record Defective(string RawSha256, string Reason, string Message, long? ByteOffset, long? Line, long? BytePositionInLine)
    : TransformOutcome(RawSha256);
