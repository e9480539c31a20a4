using System.Text.Json.Serialization;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Runs;

/// <summary>What became of one batch of raw files. <paramref name="Problems"/> names the files that failed, the first few of them.</summary>
public sealed record BatchResult(FileCounts Files, RowCounts Rows, IReadOnlyList<string> Problems)
{
    /// <summary>The most files that a sum names; the rest are counted, and in the records of files.</summary>
    public const int MaxNamed = 50;

    // Sums travel between steps; a thousand broken files must not make a payload of a thousand messages.
    private const int MaxProblems = 10;

    public static readonly BatchResult None = new(FileCounts.None, RowCounts.None, []);

    /// <summary>The files that were set aside, the first of them; absent when none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RejectedFile>? Rejected { get; init; }

    /// <summary>What is odd about files that were loaded, the first of them; absent when nothing is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    public static BatchResult operator +(BatchResult a, BatchResult b) =>
        new(a.Files + b.Files, a.Rows + b.Rows, [.. a.Problems.Concat(b.Problems).Take(MaxProblems)])
        {
            Rejected = Join(a.Rejected, b.Rejected),
            Warnings = Join(a.Warnings, b.Warnings),
        };

    /// <summary>One file whose tables are written.</summary>
    /// <param name="rows">The rows of its tables.</param>
    /// <param name="warning">What is odd about it; null: nothing.</param>
    public static BatchResult Transformed(RowCounts rows, string? warning) => None with
    {
        Files = FileCounts.None with { Transformed = 1 },
        Rows = rows,
        Warnings = warning is null ? null : [warning],
    };

    /// <summary>One file that was set aside.</summary>
    public static BatchResult SetAside(RejectedFile file) => None with { Files = FileCounts.None with { Rejected = 1 }, Rejected = [file] };

    /// <summary>One file that stays where it was.</summary>
    public static BatchResult Failed(string problem) => None with { Files = FileCounts.None with { Failed = 1 }, Problems = [problem] };

    private static IReadOnlyList<T>? Join<T>(IReadOnlyList<T>? a, IReadOnlyList<T>? b) =>
        a is null ? b : b is null ? a : [.. a.Concat(b).Take(MaxNamed)];
}
