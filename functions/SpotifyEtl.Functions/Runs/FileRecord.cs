using SpotifyEtl.Lake;
using SpotifyEtl.Transform;

namespace SpotifyEtl.Runs;

/// <summary>What a run made of one raw file: the record in run_data/files.</summary>
public sealed record FileRecord
{
    public required string RawFile { get; init; }

    public required string Stem { get; init; }

    /// <summary>The hash of the raw bytes, as all hashes here SHA-256 in lower-case hex.</summary>
    public required string RawSha256 { get; init; }

    public required long Items { get; init; }

    public required RowCounts Rows { get; init; }

    /// <summary>Rejected items by reason.</summary>
    public required IReadOnlyDictionary<string, long> Rejected { get; init; }

    public required IReadOnlyList<WrittenTable> Tables { get; init; }

    public static FileRecord Of(RawFileName file, Transformed transformed) => new()
    {
        RawFile = file.Name,
        Stem = file.Stem,
        RawSha256 = transformed.RawSha256,
        Items = transformed.Items,
        Rows = RowCounts.Of(transformed.Rows),
        Rejected = transformed.Rejected,
        Tables = transformed.Tables,
    };
}
