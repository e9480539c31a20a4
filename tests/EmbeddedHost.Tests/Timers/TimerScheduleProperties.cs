using EmbeddedHost.Timers;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EmbeddedHost.Tests.Timers;

public sealed class TimerScheduleProperties
{
    private static readonly string[] s_months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly string[] s_days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    [Property(Arbitrary = [typeof(Crons)], MaxTest = 1000)]
    public void A_parsed_schedule_is_due_when_an_enumeration_of_the_seconds_says_so(NaiveCron cron, DateTime from)
    {
        var start = DateTime.SpecifyKind(
            new DateTime(2020, 1, 1).AddTicks(from.Ticks % TimeSpan.FromDays(4000).Ticks).AddMilliseconds(from.Second * 16), DateTimeKind.Utc);
        var limit = start.AddYears(9);
        if (cron.NextAfter(start, limit) is null)
        {
            return;
        }

        var schedule = TimerSchedule.Parse(cron.ToString());

        var time = start;
        for (var i = 0; i < 5 && cron.NextAfter(time, limit) is { } expected; i++)
        {
            Assert.Equal(expected, schedule.Next(null, time));
            time = expected;
        }
    }

    [Property(Arbitrary = [typeof(Crons)], MaxTest = 200)]
    public void Five_fields_are_six_with_the_second_zero(NaiveCron cron, DateTime from)
    {
        var start = DateTime.SpecifyKind(
            new DateTime(2020, 1, 1).AddTicks(from.Ticks % TimeSpan.FromDays(4000).Ticks).AddMilliseconds(from.Second * 16), DateTimeKind.Utc);
        var atZero = cron with { Second = new NaiveField("0", new HashSet<int> { 0 }) };
        if (atZero.NextAfter(start, start.AddYears(9)) is { } expected)
        {
            Assert.Equal(expected, TimerSchedule.Parse(atZero.ToString()[2..]).Next(null, start));
        }
    }

    public static class Crons
    {
        public static Arbitrary<NaiveCron> Cron()
        {
            var often = Gen.Constant(new NaiveField("*", Range(0, 59)));
            var generator =
                from second in Gen.OneOf(often, Field(0, 59, null))
                from minute in Gen.OneOf(often, Field(0, 59, null))
                from hour in Gen.OneOf(Gen.Constant(new NaiveField("*", Range(0, 23))), Field(0, 23, null))
                from day in Gen.OneOf(Gen.Constant(new NaiveField("*", Range(1, 31))), Field(1, 31, null))
                from month in Gen.OneOf(Gen.Constant(new NaiveField("*", Range(1, 12))), Field(1, 12, s_months))
                from weekDay in Gen.OneOf(Gen.Constant(new NaiveField("*", Range(0, 6))), Field(0, 6, s_days))
                select new NaiveCron(second, minute, hour, day, month, weekDay);
            return generator.ToArbitrary();
        }

        // One to three terms: a value, a range, or either or a star with a step.
        private static Gen<NaiveField> Field(int least, int most, string[]? names) =>
            from count in Gen.Choose(1, 3)
            from terms in Term(least, most, names).ArrayOf(count)
            select new NaiveField(string.Join(',', terms.Select(term => term.Text)), terms.SelectMany(term => term.Values).ToHashSet());

        private static Gen<NaiveField> Term(int least, int most, string[]? names) =>
            from kind in Gen.Choose(0, 4)
            from first in Gen.Choose(least, most)
            from last in Gen.Choose(first, most)
            from step in Gen.Choose(1, 10)
            from nameLength in Gen.Choose(0, 2)
            select kind switch
            {
                0 => new NaiveField(Text(first, least, names, nameLength), Range(first, first)),
                1 => new NaiveField($"{Text(first, least, names, nameLength)}-{Text(last, least, names, nameLength)}", Range(first, last)),
                2 => new NaiveField($"{Text(first, least, names, nameLength)}-{Text(last, least, names, nameLength)}/{step}", Range(first, last, step)),
                3 => new NaiveField($"*/{step}", Range(least, most, step)),
                _ => new NaiveField($"{first}/{step}", Range(first, most, step)),
            };

        private static string Text(int value, int least, string[]? names, int nameLength) => (names, nameLength) switch
        {
            (null, _) or (_, 0) => value.ToString(),
            (_, 1) => names[value - least][..3].ToUpperInvariant(),
            _ => names[value - least],
        };

        private static HashSet<int> Range(int first, int last, int step = 1)
        {
            HashSet<int> values = [];
            for (var value = first; value <= last; value += step)
            {
                values.Add(value);
            }

            return values;
        }
    }
}
