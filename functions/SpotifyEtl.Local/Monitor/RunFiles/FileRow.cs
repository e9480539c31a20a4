using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Monitor.RunFiles;

/// <summary>What a run made of one raw file, as far as its page shows it.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Status">Whether it was loaded or set aside.</param>
/// <param name="Rows">Its entries of playlists and plays that were loaded.</param>
/// <param name="Rejects">Those that were not.</param>
/// <param name="Reason">Why it or its entries were rejected, or what it lacks; empty when all is well.</param>
/// <param name="ElapsedMs">How long the transform took.</param>
public sealed record FileRow(string File, FileStatus Status, long Rows, long Rejects, string Reason, long ElapsedMs)
{
    private const int LongestReason = 200;

    public bool IsRejected => Status is FileStatus.Rejected;

    public static FileRow Of(FileRecord record) => new(
        record.RawFile, record.Status, record.Rows.Loaded, record.Rows[Table.Rejected], Shortened(ReasonOf(record)), record.ElapsedMs);

    private static string ReasonOf(FileRecord record) => record is { Status: FileStatus.Rejected }
        ? $"{record.Reason}: {record.Message}"
        : string.Join(", ", RowReasons(record));

    private static IEnumerable<string> RowReasons(FileRecord record)
    {
        foreach (var (reason, rows) in record.Rejected.Where(rejected => rejected.Value > 0).OrderByDescending(rejected => rejected.Value))
        {
            yield return $"{MonitorText.Number(rows)} {reason}";
        }

        if (record.Complete is false)
        {
            yield return record.Total is { } total ? $"holds {MonitorText.Number(record.Items)} of {MonitorText.Number(total)} rows" : "not all rows";
        }
    }

    private static string Shortened(string text) => text.Length > LongestReason ? text[..(LongestReason - 1)] + "…" : text;
}
