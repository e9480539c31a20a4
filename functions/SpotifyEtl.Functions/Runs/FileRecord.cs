using SpotifyEtl.Lake;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Items;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Runs;

/// <summary>What a run made of one raw file: the record in run_data/files.</summary>
public sealed record FileRecord
{
    public required string RunId { get; init; }

    public required string RawFile { get; init; }

    public required string Stem { get; init; }

    /// <summary>Whether its tables are written, or it was set aside.</summary>
    public FileStatus Status { get; init; }

    /// <summary>Why it was set aside, as a code; null: it was not.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it was set aside, for people; null: it was not.</summary>
    public string? Message { get; init; }

    /// <summary>The hash of the raw bytes, as all hashes here SHA-256 in lower-case hex.</summary>
    public required string RawSha256 { get; init; }

    /// <summary>The rows of its playlists and its plays: those of the tables playlist and play, and the rejected ones.</summary>
    public required long Items { get; init; }

    /// <summary>How many rows its playlists have, as they say; null: one of them does not, or the file was set aside.</summary>
    public long? Total { get; init; }

    /// <summary>Whether no playlist tells of rows that are not in the file; null: the file was set aside.</summary>
    public bool? Complete { get; init; }

    public required RowCounts Rows { get; init; }

    /// <summary>Rejected items by reason: of every reason, so that the record has the same fields whatever the file.</summary>
    public required IReadOnlyDictionary<string, long> Rejected { get; init; }

    /// <summary>The cells whose text is not of their column's type: they are missing values in the typed tables.</summary>
    public long Mistyped { get; init; }

    /// <summary>The months of the typed tables in which it has rows.</summary>
    public IReadOnlyList<string> Months { get; init; } = [];

    public required IReadOnlyList<WrittenTable> Tables { get; init; }

    /// <summary>When the transform began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required long ElapsedMs { get; init; }

    /// <summary>The record of a file whose tables are written.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="file">The raw file.</param>
    /// <param name="transformed">What it gave.</param>
    /// <param name="startedAt">When the transform began.</param>
    /// <param name="elapsed">How long it took.</param>
    public static FileRecord Of(string runId, RawFileName file, Transformed transformed, DateTimeOffset startedAt, TimeSpan elapsed) => new()
    {
        RunId = runId,
        RawFile = file.Name,
        Stem = file.Stem,
        RawSha256 = transformed.RawSha256,
        Items = transformed.Items,
        Total = transformed.Total,
        Complete = transformed.Extent is null,
        Rows = transformed.Rows,
        Rejected = ByReason(transformed.Rejected),
        Mistyped = transformed.Mistyped,
        Tables = transformed.Tables,
        StartedAt = startedAt,
        ElapsedMs = (long)elapsed.TotalMilliseconds,
    };

    /// <summary>The record of a file that was set aside.</summary>
    public static FileRecord Of(string runId, RawFileName file, string rawSha256, FileDefect defect, DateTimeOffset at) => new()
    {
        RunId = runId,
        RawFile = file.Name,
        Stem = file.Stem,
        Status = FileStatus.Rejected,
        Reason = defect.Reason,
        Message = defect.Message,
        RawSha256 = rawSha256,
        Items = 0,
        Rows = RowCounts.None,
        Rejected = ByReason(new Dictionary<string, long>(StringComparer.Ordinal)),
        Tables = [],
        StartedAt = at,
        ElapsedMs = 0,
    };

    private static OrderedDictionary<string, long> ByReason(IReadOnlyDictionary<string, long> rejected) => new(
        RejectReasonCodes.All.Select(reason => KeyValuePair.Create(reason, rejected.GetValueOrDefault(reason))), StringComparer.Ordinal);
}

/// <summary>What became of a raw file.</summary>
public enum FileStatus
{
    /// <summary>Its tables are written.</summary>
    Transformed,

    /// <summary>It was set aside.</summary>
    Rejected,
}
