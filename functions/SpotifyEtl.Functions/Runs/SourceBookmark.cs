namespace SpotifyEtl.Runs;

/// <summary>How far a source is loaded.</summary>
/// <param name="Source">Its name.</param>
/// <param name="PlayedUntil">When the newest play that is loaded was played, to the millisecond.</param>
/// <param name="ExtractedAt">When that was extracted.</param>
/// <param name="RawKey">The raw file that has it.</param>
public sealed record SourceBookmark(string Source, DateTimeOffset PlayedUntil, DateTimeOffset ExtractedAt, string RawKey);
