using System.Globalization;

namespace EmbeddedHost.Timers;

/// <summary>Schedules in words, as far as they are of a common kind.</summary>
public static class ScheduleText
{
    private const string Any = "*";

    /// <summary>
    /// Such as <c>every day at 06:00 UTC</c>, <c>every 15 minutes</c> or <c>Monday to Friday at 06:00 UTC</c>; for what is of no common kind, or no
    /// schedule, the text itself in quotes.
    /// </summary>
    /// <param name="schedule">NCRONTAB of five or six fields, or an interval, settings filled in.</param>
    public static string Of(string schedule)
    {
        var text = schedule.Trim();
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval))
        {
            return $"every {Interval(interval)}";
        }

        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (fields is [_, _, _, _, _] ? ["0", .. fields] : fields) switch
        {
            ["0", var minutes, Any, Any, Any, Any] when Step(minutes) is { } step => $"every {Every(step, "minute")}",
            ["0", var minute, Any, Any, Any, Any] when Number(minute, 59) is { } at => $"every hour at minute {at}",
            ["0", "0", var hours, Any, Any, Any] when Step(hours) is { } step => $"every {Every(step, "hour")}",
            ["0", var minute, var hours, Any, Any, Any] when Times(hours, minute) is { } times => $"every day at {times} UTC",
            ["0", var minute, var hours, Any, Any, var days] when Times(hours, minute) is { } times && Days(days) is { } names => $"{names} at {times} UTC",
            ["0", var minute, var hours, var day, Any, Any] when Times(hours, minute) is { } times && Number(day, 31) is { } number and > 0 =>
                $"on day {number} of every month at {times} UTC",
            _ => $"'{text}'",
        };
    }

    private static string Interval(TimeSpan interval) => interval switch
    {
        { TotalDays: >= 1, Hours: 0, Minutes: 0, Seconds: 0 } => Every(interval.Days, "day"),
        { TotalHours: >= 1, Minutes: 0, Seconds: 0 } => Every((int)interval.TotalHours, "hour"),
        { TotalMinutes: >= 1, Seconds: 0 } => Every((int)interval.TotalMinutes, "minute"),
        _ => interval.ToString("c", CultureInfo.InvariantCulture),
    };

    private static string Every(int count, string unit) => count == 1 ? unit : string.Create(CultureInfo.InvariantCulture, $"{count} {unit}s");

    private static int? Step(string field) =>
        field.StartsWith("*/", StringComparison.Ordinal) && Number(field[2..], 59) is { } step and > 0 ? step : null;

    private static int? Number(string field, int max) =>
        int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max ? number : null;

    private static string? Times(string hours, string minute)
    {
        var all = hours.Split(',').Select(hour => Number(hour, 23)).ToList();
        return Number(minute, 59) is { } at && !all.Contains(null)
            ? Listed([.. all.Order().Select(hour => string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{at:00}"))])
            : null;
    }

    private static string? Days(string field)
    {
        if (field.Split('-') is [var first, var last])
        {
            return Day(first) is { } from && Day(last) is { } to ? $"{from} to {to}" : null;
        }

        var all = field.Split(',').Select(Day).ToList();
        return all.Contains(null) ? null : "every " + Listed([.. all.OfType<string>()]);
    }

    // As in NCRONTAB, where the week begins with Sunday, 0, and names have three letters or more.
    private static string? Day(string field) => Number(field, 6) is { } number ? DayName(number)
        : field.Length >= 3 ? Enumerable.Range(0, 7).Select(DayName).FirstOrDefault(name => name.StartsWith(field, StringComparison.OrdinalIgnoreCase))
        : null;

    private static string DayName(int day) => CultureInfo.InvariantCulture.DateTimeFormat.GetDayName((DayOfWeek)day);

    private static string Listed(string[] items) =>
        items is [.. { Length: > 0 } all, var last] ? $"{string.Join(", ", all)} and {last}" : string.Concat(items);
}
