using System.Globalization;
using System.Text.RegularExpressions;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>Time zones by their names, such as Europe/Berlin, or as offsets, such as +02:00.</summary>
internal static partial class Zones
{
    /// <summary>The zone's name as it is shown.</summary>
    /// <exception cref="PermanentEtlException">There is no such zone.</exception>
    public static string Normal(string zone)
    {
        if (zone is "Z" or "UTC" or "GMT" or "UT" or "Etc/UTC" or "Zulu")
        {
            return "UTC";
        }

        if (Offset(zone) is { } offset)
        {
            return offset == TimeSpan.Zero
                ? "UTC"
                : $"{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours).ToString("00", CultureInfo.InvariantCulture)}:"
                    + Math.Abs(offset.Minutes).ToString("00", CultureInfo.InvariantCulture);
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : throw new PermanentEtlException($"'{zone}' is not a valid time zone");
    }

    public static DateTime ToLocal(DateTime instant, string zone) => Offset(zone) is { } offset || IsUtc(zone, out offset)
        ? instant + offset
        : instant + Find(zone).GetUtcOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc));

    /// <summary>The instant of a local time: of two, the earlier; one that is left out stands as far behind the gap.</summary>
    public static DateTime ToInstant(DateTime local, string zone)
    {
        if (Offset(zone) is { } offset || IsUtc(zone, out offset))
        {
            return local - offset;
        }

        var rules = Find(zone);
        var unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return rules.IsAmbiguousTime(unspecified) ? local - rules.GetAmbiguousTimeOffsets(unspecified).Max()
            : rules.IsInvalidTime(unspecified) ? local - rules.GetUtcOffset(unspecified.AddHours(-3))
            : local - rules.GetUtcOffset(unspecified);
    }

    private static bool IsUtc(string zone, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        return zone is "UTC" or "Z";
    }

    private static TimeZoneInfo Find(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
        ? found
        : throw new PermanentEtlException($"'{zone}' is not a valid time zone");

    private static TimeSpan? Offset(string zone)
    {
        var match = OffsetText().Match(zone);
        if (!match.Success)
        {
            return null;
        }

        var minutes = (int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture) * 60)
            + (match.Groups["minutes"].Success ? int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture) : 0);
        return minutes > 14 * 60 ? null : TimeSpan.FromMinutes(match.Groups["sign"].Value is "-" ? -minutes : minutes);
    }

    [GeneratedRegex(
        @"\A(UTC|GMT)?(?<sign>[+-])(?<hours>\d{1,2})(:?(?<minutes>[0-5]\d))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex OffsetText();
}
