using System.Globalization;
using NCrontab;

namespace EmbeddedHost.Timers;

/// <summary>The due times of a timer function, in UTC.</summary>
internal abstract class TimerSchedule
{
    /// <summary>What <see cref="Parse"/> takes, for people.</summary>
    public const string Allowed =
        "A schedule is NCRONTAB in UTC with five fields (minute, hour, day, month, day of week with Sunday as 0) or six (a second first), such as '0 0 6 * * *', "
        + "or an interval of 00:00:01 to 366 days, such as '00:05:00'.";

    private static readonly TimeSpan s_longestInterval = TimeSpan.FromDays(366);

    /// <summary>Whether two due times can lie less than a minute apart.</summary>
    public abstract bool IsFinerThanAMinute { get; }

    /// <summary>The first due time after <paramref name="now"/> that also comes after <paramref name="lastDue"/>.</summary>
    /// <param name="lastDue">The due time that was taken last; an interval counts on from it.</param>
    /// <param name="now">UTC.</param>
    public abstract DateTime Next(DateTime? lastDue, DateTime now);

    /// <exception cref="FormatException">The text is no schedule, or never comes; the message says why.</exception>
    public static TimerSchedule Parse(string text)
    {
        var fields = text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        return fields.Length switch
        {
            5 or 6 => new CronSchedule(Cron(fields)),
            1 => new IntervalSchedule(Interval(fields[0])),
            _ => throw new FormatException($"it has {fields.Length} fields"),
        };
    }

    private static CrontabSchedule Cron(string[] fields)
    {
        try
        {
            var cron = CrontabSchedule.Parse(string.Join(' ', fields), new CrontabSchedule.ParseOptions { IncludingSeconds = fields.Length == 6 });
            return CronSchedule.EverComes(cron) ? cron : throw new FormatException("no day of any year fits it");
        }
        catch (CrontabException exception)
        {
            throw new FormatException(exception.Message.TrimEnd('.'), exception);
        }
    }

    private static TimeSpan Interval(string text)
    {
        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval))
        {
            throw new FormatException("it is neither five or six fields nor an interval");
        }

        return interval >= TimeSpan.FromSeconds(1) && interval <= s_longestInterval
            ? interval
            : throw new FormatException($"the interval {interval:c} is out of range");
    }

    private sealed class CronSchedule(CrontabSchedule cron) : TimerSchedule
    {
        private static readonly DateTime s_someTime = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        // 29 February on a given day of the week comes every 28 years, and every 40 across a century.
        private const int LongestGapInYears = 50;

        // With two seconds to a minute, one of three gaps in a row lies within a minute.
        public override bool IsFinerThanAMinute { get; } = cron.GetNextOccurrences(s_someTime, s_someTime.AddYears(LongestGapInYears))
            .Take(4)
            .ToArray() is var first && first.Zip(first.Skip(1), (one, next) => next - one).Any(gap => gap < TimeSpan.FromMinutes(1));

        public static bool EverComes(CrontabSchedule cron)
        {
            var end = s_someTime.AddYears(LongestGapInYears);
            return cron.GetNextOccurrence(s_someTime, end) < end;
        }

        public override DateTime Next(DateTime? lastDue, DateTime now)
        {
            var after = lastDue > now ? lastDue.Value : now;
            return cron.GetNextOccurrence(after, after.AddYears(LongestGapInYears));
        }
    }

    private sealed class IntervalSchedule(TimeSpan interval) : TimerSchedule
    {
        public override bool IsFinerThanAMinute => interval < TimeSpan.FromMinutes(1);

        public override DateTime Next(DateTime? lastDue, DateTime now)
        {
            if (lastDue is not { } last)
            {
                return now + interval;
            }

            var passed = now > last ? (now - last).Ticks / interval.Ticks : 0;
            return last + ((passed + 1) * interval);
        }
    }
}
