using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Monitor.RunList;

/// <summary>What a run made of raw files, in figures.</summary>
/// <param name="Files">The files.</param>
/// <param name="Rows">Their entries of playlists and plays that were loaded.</param>
/// <param name="Rejects">Those that were not.</param>
public sealed record RunCounts(FileCounts Files, long Rows, long Rejects)
{
    public static RunCounts Of(FileCounts files, RowCounts rows) => new(files, rows.Loaded, rows[Table.Rejected]);
}
