using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>That a raw file has rows of a month: the record in run_data/months/{month}.</summary>
/// <param name="RawFile">The raw file's name.</param>
/// <param name="Stem">What its tables are called after.</param>
/// <param name="Rows">
/// The rows of its tables, those of other months among them; of tables whose rows tell no month, all of them in the file's first month and none in others.
/// </param>
public sealed record MonthEntry(string RawFile, string Stem, RowCounts Rows);
