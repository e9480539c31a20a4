using System.Globalization;
using NCrontab;

namespace EmbeddedHost.Timers;

/// <summary>The due times of a timer function, in UTC.</summary>
internal abstract class TimerSchedule
{
    /// <summary>What <see cref="Parse"/> takes, for people.</summary>
    public const string Allowed =
        "A schedule is NCRONTAB in UTC with five fields (minute, hour, day, month, day of week with Sunday as 0) or six (a second first), "
        + "such as '0 0 6 * * *', "
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
            5 => CronSchedule.Of("0", fields),
            6 => CronSchedule.Of(fields[0], fields[1..]),
            1 => new IntervalSchedule(Interval(fields[0])),
            _ => throw new FormatException($"it has {fields.Length} fields"),
        };
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

    // The parser's own search loses the first seconds of a minute that it jumps to ('*/20 10 * * * *' after 06:59:00 gives 07:10:20): it is
    // asked for minutes only.
    private sealed class CronSchedule(int[] seconds, CrontabSchedule minutes) : TimerSchedule
    {
        // 29 February on a given day of the week comes every 28 years, and every 40 across a century.
        private const int LongestGapInYears = 50;

        private static readonly DateTime s_someMidnight = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        public override bool IsFinerThanAMinute => seconds.Length > 1;

        public static CronSchedule Of(string second, string[] minuteToWeekDay)
        {
            try
            {
                var everyMinute = CrontabSchedule.Parse($"{second} * * * * *", new CrontabSchedule.ParseOptions { IncludingSeconds = true });
                var minutes = CrontabSchedule.Parse(string.Join(' ', minuteToWeekDay));
                return Following(minutes, s_someMidnight) < s_someMidnight.AddYears(LongestGapInYears)
                    ? new CronSchedule(
                        [.. everyMinute.GetNextOccurrences(s_someMidnight.AddSeconds(-1), s_someMidnight.AddMinutes(1)).Select(time => time.Second)], minutes)
                    : throw new FormatException("no day of any year fits it");
            }
            catch (CrontabException exception)
            {
                throw new FormatException(exception.Message.TrimEnd('.'), exception);
            }
        }

        public override DateTime Next(DateTime? lastDue, DateTime now)
        {
            var after = lastDue > now ? lastDue.Value : now;
            var minute = new DateTime(after.Ticks - (after.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
            if (after.Second < seconds[^1] && Following(minutes, minute.AddMinutes(-1)) == minute)
            {
                return minute.AddSeconds(seconds.First(second => second > after.Second));
            }

            return Following(minutes, minute).AddSeconds(seconds[0]);
        }

        private static DateTime Following(CrontabSchedule minutes, DateTime minute) => minutes.GetNextOccurrence(minute, minute.AddYears(LongestGapInYears));
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
