using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Runs;

/// <summary>What became of one batch of raw files. <paramref name="Problems"/> names the files that failed, the first few of them.</summary>
public sealed record BatchResult(FileCounts Files, RowCounts Rows, IReadOnlyList<string> Problems)
{
    // Sums travel between steps; a thousand broken files must not make a payload of a thousand messages.
    private const int MaxProblems = 10;

    public static readonly BatchResult None = new(FileCounts.None, RowCounts.None, []);

    /// <summary>One file that was set aside.</summary>
    public static readonly BatchResult Rejected = None with { Files = FileCounts.None with { Rejected = 1 } };

    public static BatchResult operator +(BatchResult a, BatchResult b) =>
        new(a.Files + b.Files, a.Rows + b.Rows, [.. a.Problems.Concat(b.Problems).Take(MaxProblems)]);

    /// <summary>One file whose tables are written.</summary>
    public static BatchResult Transformed(RowCounts rows) => None with { Files = FileCounts.None with { Transformed = 1 }, Rows = rows };

    /// <summary>One file that stays where it was.</summary>
    public static BatchResult Failed(string problem) => None with { Files = FileCounts.None with { Failed = 1 }, Problems = [problem] };
}
