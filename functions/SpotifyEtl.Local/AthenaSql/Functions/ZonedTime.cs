using SpotifyEtl.Local.AthenaSql.DuckDb;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>DuckDB's expressions of instants with a zone: structs of the instant in UTC and the zone's name, IANA's or as <c>+01:00</c>.</summary>
internal static class ZonedTime
{
    private const string IsOffset = "({0} LIKE '+%' OR {0} LIKE '-%')";

    private const string Offset =
        "to_minutes(CASE WHEN {0} LIKE '-%' THEN -1 ELSE 1 END * (60 * CAST(substring({0}, 2, 2) AS INTEGER) + CAST(substring({0}, 5, 2) AS INTEGER)))";

    /// <summary>The calendar and clock that the zone shows: a timestamp.</summary>
    public static string Local(string zoned) => Let(LocalOf("_v.a0.instant", "_v.a0.zone"), zoned);

    /// <summary>The instant with a zone at which the zone shows a timestamp.</summary>
    public static string At(string local, string zone) => LetAs(
        "_z", NullWith(Spelling.Zoned(InstantOf("_z.a0", "_z.a1"), "_z.a1"), "_z.a0", "_z.a1"), local, $"athena_zone_name({zone})");

    /// <summary>The same instant with another zone.</summary>
    public static string WithZone(string zoned, string zone) => LetAs(
        "_z", NullWith(Spelling.Zoned("_z.a0.instant", "_z.a1"), "_z.a0", "_z.a1"), zoned, $"athena_zone_name({zone})");

    public static string LocalOf(string instant, string zone) =>
        $"CASE WHEN {zone} = 'UTC' THEN {instant} WHEN {Of(IsOffset, zone)} THEN {instant} + {Of(Offset, zone)} "
        + $"ELSE timezone({zone}, timezone('UTC', {instant})) END";

    /// <summary>How many microseconds the zone's clock is before UTC, of what may be written more than once.</summary>
    public static string OffsetOf(string zoned) => $"(epoch_us({LocalOf(zoned)}) - epoch_us({zoned}.instant))";

    public static string LocalOf(string zoned) => LocalOf($"{zoned}.instant", $"{zoned}.zone");

    public static string InstantOf(string local, string zone) =>
        $"CASE WHEN {zone} = 'UTC' THEN {local} WHEN {Of(IsOffset, zone)} THEN {local} - {Of(Offset, zone)} "
        + $"ELSE timezone('UTC', timezone({zone}, {local})) END";

    private static string Of(string template, string zone) => template.Replace("{0}", zone, StringComparison.Ordinal);
}
