using EmbeddedHost.Timers;
using SpotifyEtl.Health;

namespace SpotifyEtl.Local.Monitor.RunList;

/// <summary>All that the list of runs shows.</summary>
/// <param name="Query">Which runs.</param>
/// <param name="Rows">Those of this page.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Lake">Where the runs' data is.</param>
public sealed record RunListPage(RunListQuery Query, IReadOnlyList<RunRow> Rows, int Total, string Lake)
{
    public int Pages => Math.Max(1, (Total + RunListQuery.PageSize - 1) / RunListQuery.PageSize);

    /// <summary>The last good run, and the verdict of healthz.</summary>
    public required HealthReport Health { get; init; }

    /// <summary>Whether the last good run has a page: its history may have been purged.</summary>
    public bool HasLastGoodRun { get; init; }

    /// <summary>The schedule of runs; null when the host runs none.</summary>
    public ScheduledFunction? Schedule { get; init; }

    /// <summary>When the report was written; null: there is none.</summary>
    public DateTimeOffset? ReportAt { get; init; }

    /// <summary>The last runs, whatever the query asks for.</summary>
    public required RunStrip Strip { get; init; }
}
