using SpotifyEtl.Lake;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Playlists;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Runs;

/// <summary>What a run made of one raw file: the record in run_data/files.</summary>
public sealed record FileRecord
{
    public required string RunId { get; init; }

    public required string RawFile { get; init; }

    public required string Stem { get; init; }

    /// <summary>The hash of the raw bytes, as all hashes here SHA-256 in lower-case hex.</summary>
    public required string RawSha256 { get; init; }

    /// <summary>The playlist's rows: those of the playlist table and the rejected ones.</summary>
    public required long Items { get; init; }

    public required RowCounts Rows { get; init; }

    /// <summary>Rejected items by reason: of every reason, so that the record has the same fields whatever the file.</summary>
    public required IReadOnlyDictionary<string, long> Rejected { get; init; }

    public required IReadOnlyList<WrittenTable> Tables { get; init; }

    /// <summary>When the transform began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required long ElapsedMs { get; init; }

    public static FileRecord Of(string runId, RawFileName file, Transformed transformed, DateTimeOffset startedAt, TimeSpan elapsed) => new()
    {
        RunId = runId,
        RawFile = file.Name,
        Stem = file.Stem,
        RawSha256 = transformed.RawSha256,
        Items = transformed.Items,
        Rows = transformed.Rows,
        Rejected = new OrderedDictionary<string, long>(
            RejectReasonCodes.All.Select(reason => KeyValuePair.Create(reason, transformed.Rejected.GetValueOrDefault(reason))), StringComparer.Ordinal),
        Tables = transformed.Tables,
        StartedAt = startedAt,
        ElapsedMs = (long)elapsed.TotalMilliseconds,
    };
}
