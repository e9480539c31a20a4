using SpotifyEtl.Telemetry;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Runs;

/// <summary>Counts what runs do.</summary>
internal static class RunMetrics
{
    public const string Transformed = "transformed";

    public const string Rejected = "rejected";

    private const string Failed = "failed";

    /// <summary>Counts a run that has ended, and the files that it left where they were.</summary>
    public static void CountRun(bool succeeded, TimeSpan duration, int filesFailed)
    {
        var status = EtlTelemetry.Status(succeeded ? "succeeded" : Failed);
        EtlTelemetry.Runs.Add(1, status);
        EtlTelemetry.RunDuration.Record(duration.TotalSeconds, status);
        if (filesFailed > 0)
        {
            EtlTelemetry.Files.Add(filesFailed, EtlTelemetry.Status(Failed));
        }
    }

    /// <summary>Counts a file whose tables are written.</summary>
    public static void Count(FileRecord file)
    {
        EtlTelemetry.Files.Add(1, EtlTelemetry.Status(Transformed));
        foreach (var table in Table.All)
        {
            EtlTelemetry.Rows.Add(file.Rows[table], EtlTelemetry.OfTable(table.Name));
        }

        foreach (var (reason, rows) in file.Rejected.Where(rejected => rejected.Value > 0))
        {
            EtlTelemetry.Rejects.Add(rows, EtlTelemetry.Reason(reason));
        }
    }
}
