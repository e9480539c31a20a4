using EmbeddedHost.Timers;

namespace SpotifyEtl.Local.Monitor.RunList;

/// <summary>All that the list of runs shows.</summary>
/// <param name="Query">Which runs.</param>
/// <param name="Rows">Those of this page.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Schedule">The schedule of runs; null when the host runs none.</param>
/// <param name="Lake">Where the runs' data is.</param>
public sealed record RunListPage(RunListQuery Query, IReadOnlyList<RunRow> Rows, int Total, ScheduledFunction? Schedule, string Lake)
{
    public int Pages => Math.Max(1, (Total + RunListQuery.PageSize - 1) / RunListQuery.PageSize);
}
