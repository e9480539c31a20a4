using System.Globalization;
using System.Text.RegularExpressions;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Names of time zones, as Trino writes them: IANA's, or as <c>+01:00</c>; UTC by whatever name is UTC.</summary>
internal static partial class ZoneNames
{
    public static string Of(string zone)
    {
        var name = zone.ToUpperInvariant();
        if (name is "Z" or "UTC" or "GMT" or "GMT0" or "UT" or "UCT" or "ZULU" or "GREENWICH" or "UNIVERSAL"
            || name.StartsWith("ETC/", StringComparison.Ordinal) && name[4..] is "UTC" or "GMT" or "UCT" or "ZULU" or "GREENWICH" or "UNIVERSAL" or "GMT0")
        {
            return "UTC";
        }

        var offset = Offset().Match(zone);
        if (!offset.Success)
        {
            return zone;
        }

        var hours = int.Parse(offset.Groups["hours"].Value, CultureInfo.InvariantCulture);
        var minutes = offset.Groups["minutes"].Success ? int.Parse(offset.Groups["minutes"].Value, CultureInfo.InvariantCulture) : 0;
        if (hours * 60 + minutes > 14 * 60 || minutes > 59)
        {
            throw new PermanentEtlException($"'{zone}' is not a valid time zone");
        }

        return hours + minutes == 0 ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"{offset.Groups["sign"].Value}{hours:00}:{minutes:00}");
    }

    /// <summary>A difference to UTC, in microseconds, as <c>+01:00</c>.</summary>
    public static string OffsetText(long microseconds, string zone)
    {
        var minutes = Math.Abs(microseconds) / 60_000_000;
        return string.Create(CultureInfo.InvariantCulture, $"{(microseconds < 0 ? '-' : '+')}{minutes / 60:00}:{minutes % 60:00}");
    }

    [GeneratedRegex(@"^((UTC|GMT|UT)?(?<sign>[+-])(?<hours>\d{1,2})(:?(?<minutes>\d{2}))?)\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Offset();
}
