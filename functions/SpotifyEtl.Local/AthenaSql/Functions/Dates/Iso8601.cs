using System.Globalization;
using System.Text.RegularExpressions;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.DuckDb;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Dates and times of ISO 8601: of the calendar, of a week, or the day of a year.</summary>
internal static partial class Iso8601
{
    /// <summary>Days since 1970.</summary>
    public static long Date(string text)
    {
        var match = Whole().Match(text);
        return match.Success && !match.Groups["time"].Success ? (DayOf(match, text) - DateTime.UnixEpoch).Days : throw Malformed(text);
    }

    /// <summary>Microseconds of the zone's clock, and the zone.</summary>
    public static string Timestamp(string text)
    {
        var match = Whole().Match(text);
        if (!match.Success)
        {
            throw Malformed(text);
        }

        var moment = DayOf(match, text).AddTicks((long)(ClockOf(match, text) * TimeSpan.TicksPerMillisecond));
        var zone = match.Groups["zone"].Success ? Zones.Normal(match.Groups["zone"].Value) : "UTC";
        return string.Create(CultureInfo.InvariantCulture, $"{Instants.Microseconds(moment)}|{zone}");
    }

    private static DateTime DayOf(Match match, string text)
    {
        try
        {
            var year = Number(match, "year", 1970);
            return match.Groups["week"].Success ? OfWeek(year, Number(match, "week", 1), Number(match, "weekday", 1), text)
                : match.Groups["ordinal"].Success ? OfOrdinal(year, Number(match, "ordinal", 1), text)
                : new DateTime(year, Number(match, "month", 1), Number(match, "day", 1));
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new PermanentEtlException($"Cannot parse \"{text}\": there is no such day.", exception);
        }
    }

    private static DateTime OfWeek(int year, int week, int day, string text) =>
        week >= 1 && week <= ISOWeek.GetWeeksInYear(year) && day is >= 1 and <= 7
            ? Instants.OfWeek(year, week, day)
            : throw new PermanentEtlException($"Cannot parse \"{text}\": there is no such week or day of it.");

    private static DateTime OfOrdinal(int year, int day, string text) => day >= 1 && day <= (DateTime.IsLeapYear(year) ? 366 : 365)
        ? new DateTime(year, 1, 1).AddDays(day - 1)
        : throw new PermanentEtlException($"Cannot parse \"{text}\": there is no such day of the year.");

    // Of the last part there may be a fraction; milliseconds are kept.
    private static long ClockOf(Match match, string text)
    {
        var (hour, minute, second) = (Number(match, "hour", 0), Number(match, "minute", 0), Number(match, "second", 0));
        if (hour > 23 || minute > 59 || second > 59)
        {
            throw new PermanentEtlException($"Cannot parse \"{text}\": there is no such time of the day.");
        }

        var unit = match.Groups["second"].Success ? 1000 : match.Groups["minute"].Success ? 60_000 : 3_600_000;
        var fraction = match.Groups["fraction"].Success ? decimal.Parse($"0.{match.Groups["fraction"].Value}", CultureInfo.InvariantCulture) : 0;
        return ((hour * 60L + minute) * 60 + second) * 1000 + (long)(fraction * unit);
    }

    private static int Number(Match match, string group, int otherwise) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : otherwise;

    private static PermanentEtlException Malformed(string text) => new($"Invalid format: \"{text}\"");

    [GeneratedRegex(
        """
        ^(?<year>\d{4})(-W(?<week>\d{1,2})(-(?<weekday>\d))?|-(?<ordinal>\d{3})|-(?<month>\d{1,2})(-(?<day>\d{1,2}))?|(?<month>\d{2})(?<day>\d{2}))?
        (?<time>T((?<hour>\d{1,2})(:?(?<minute>\d{1,2})(:?(?<second>\d{1,2}))?)?([.,](?<fraction>\d{1,9})\d*)?)?
        (?<zone>Z|[+-]\d{2}(:?\d{2})?)?)?\z
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();
}
