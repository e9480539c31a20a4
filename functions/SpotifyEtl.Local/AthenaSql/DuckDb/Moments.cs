using System.Globalization;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>Dates and times as text, as Trino reads them.</summary>
internal static partial class Moments
{
    /// <summary>A date: <c>2024-05-15</c>, or <c>2024-5-1</c>.</summary>
    public static DateOnly? Date(string text)
    {
        var match = MomentText().Match(text.Trim());
        return match.Success && !match.Groups["hour"].Success && !match.Groups["zone"].Success && DateOf(match) is { } date
            ? DateOnly.FromDateTime(date)
            : null;
    }

    /// <summary>A date, a time if there is one, and a zone if there is one.</summary>
    public static Moment? Timestamp(string text)
    {
        var match = MomentText().Match(text.Trim());
        if (!match.Success || DateOf(match) is not { } date || TimeOf(match) is not { } time)
        {
            return null;
        }

        return new Moment(date + time, match.Groups["fraction"].Length, match.Groups["zone"] is { Success: true } zone ? zone.Value : null);
    }

    /// <summary>A time of the day.</summary>
    public static (TimeSpan Time, int Precision)? Time(string text)
    {
        var match = TimeText().Match(text.Trim());
        return match.Success && TimeOf(match) is { } time ? (time, match.Groups["fraction"].Length) : null;
    }

    /// <summary>Rounded to so many digits of a second, the half up.</summary>
    public static DateTime Round(DateTime moment, int digits)
    {
        var unit = TicksOf(digits);
        var rest = moment.Ticks % unit;
        return moment.AddTicks(rest * 2 >= unit ? unit - rest : -rest);
    }

    public static TimeSpan Round(TimeSpan time, int digits)
    {
        var unit = TicksOf(digits);
        return new TimeSpan((time.Ticks + (unit / 2)) / unit * unit % TimeSpan.TicksPerDay);
    }

    private static long TicksOf(int digits) => Enumerable.Range(0, Math.Min(digits, 7)).Aggregate(TimeSpan.TicksPerSecond, (ticks, _) => ticks / 10);

    private static DateTime? DateOf(Match match)
    {
        var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day)
            : null;
    }

    private static TimeSpan? TimeOf(Match match)
    {
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        var ticks = match.Groups["fraction"] is { Success: true } fraction
            ? long.Parse(fraction.Value.PadRight(7, '0').AsSpan(0, 7), NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;
        return hour < 24 && minute < 60 && second < 60 ? new TimeSpan(hour, minute, second) + new TimeSpan(ticks) : null;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\A(?<year>\d{4,5})-(?<month>\d{1,2})-(?<day>\d{1,2})( +(?<hour>\d{1,2}):(?<minute>\d{1,2})(:(?<second>\d{1,2})(\.(?<fraction>\d{1,12}))?)?)?"
            + @"( *(?<zone>[A-Za-z+-][A-Za-z0-9_+:/-]*))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex MomentText();

    [GeneratedRegex(
        @"\A(?<hour>\d{1,2}):(?<minute>\d{1,2})(:(?<second>\d{1,2})(\.(?<fraction>\d{1,12}))?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeText();
}

/// <summary>A moment as it is written: how many digits of a second, and in which zone, if that is said.</summary>
internal sealed record Moment(DateTime Local, int Precision, string? Zone);
