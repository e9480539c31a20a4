using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>What the typed tables hold of a month: the record run_data/months/{month}.json, written after them.</summary>
/// <param name="Month">The month, such as <c>2026-11</c>.</param>
/// <param name="Rows">The rows of the month's file of each table; none: there is no such file.</param>
public sealed record MonthRecord(string Month, RowCounts Rows);
