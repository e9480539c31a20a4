using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EmbeddedHost.Tests.Timers;

/// <summary>A day of ticks on a real file: the host is stopped, killed and started, and the clock is set, at random moments.</summary>
public sealed class TimerDayTests
{
    private static readonly DateTime s_start = new(2028, 2, 28, 13, 7, 22, 250, DateTimeKind.Utc);

    private static readonly NaiveCron s_any = new(Only(0), All(59), All(23), All(31), All(12), All(6));

    private static readonly (string Function, string Schedule, Func<DateTime, DateTime> NextAfter)[] s_schedules =
    [
        ("EveryMinute", "* * * * *", Cron(s_any)),
        ("EveryThirteen", "7/13 * * * *", Cron(s_any with { Minute = Only(7, 20, 33, 46, 59) })),
        ("Odd", "30 5,17-19,58 */3 * * *", Cron(s_any with { Second = Only(30), Minute = Only(5, 17, 18, 19, 58), Hour = Only(0, 3, 6, 9, 12, 15, 18, 21) })),
        ("LeapDay", "0 0 6 29 FEB *", Cron(s_any with { Minute = Only(0), Hour = Only(6), Day = Only(29), Month = Only(2) })),
        ("Interval", "00:07:30", after => s_start + (((after - s_start).Ticks / TimeSpan.FromMinutes(7.5).Ticks) + 1) * TimeSpan.FromMinutes(7.5)),
    ];

    public enum Kind
    {
        Stop,
        Kill,
        KillAtTheTick,
        SetForward,
        SetBack,
    }

    [Property(Arbitrary = [typeof(Days)], MaxTest = 4)]
    public async Task Each_due_time_is_started_exactly_once_and_of_those_missed_in_one_go_the_first(IReadOnlyList<Change> changes)
    {
        await using TimerHarness timers = new(s_start);
        foreach (var (function, schedule, _) in s_schedules)
        {
            timers.Function(function, schedule);
        }

        var expected = s_schedules.ToDictionary(schedule => schedule.Function, schedule => new Expectation(schedule.NextAfter, s_start));
        var live = TimeSpan.Zero;
        await timers.StartAsync();
        foreach (var change in changes)
        {
            live += change.After;
            await timers.PassAsync(change.After);
            foreach (var expectation in expected.Values)
            {
                expectation.Live(timers.Now);
            }

            await ApplyAsync(timers, change, expected);
        }

        var rest = TimeSpan.FromHours(24) - live;
        await timers.PassAsync(rest > TimeSpan.FromHours(1) ? rest : TimeSpan.FromHours(1));

        foreach (var (function, expectation) in expected)
        {
            expectation.Live(timers.Now);
            Assert.Equal(expectation.Starts, timers.TicksOf(function).Select(tick => new Start(tick.Due!.Value, tick.At, tick.IsPastDue)));
        }

        var livedTwice = changes.Where(change => change.Kind is Kind.SetBack).Sum(change => change.By.TotalMinutes);
        Assert.True(expected["EveryMinute"].Starts.Count >= (24 * 60) - livedTwice - (2 * changes.Count), "a day has its minutes");
    }

    [Fact]
    public async Task A_day_of_ticks_every_twenty_seconds_misses_none()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", "*/20 * * * * *").StartAsync();

        await timers.PassAsync(TimeSpan.FromHours(24));

        var first = s_start.Date.AddHours(13).AddMinutes(7).AddSeconds(40);
        Assert.Equal(Enumerable.Range(0, 4320).Select(number => first.AddSeconds(20 * number)), timers.TicksOf("F").Select(tick => tick.At));
    }

    private static async Task ApplyAsync(TimerHarness timers, Change change, Dictionary<string, Expectation> expected)
    {
        switch (change.Kind)
        {
            case Kind.SetBack:
                timers.Clock.AdjustTime(timers.Clock.GetUtcNow() - change.By);
                return;
            case Kind.SetForward:
                timers.Clock.AdjustTime(timers.Clock.GetUtcNow() + change.By);
                timers.Clock.Advance(TimeSpan.FromMinutes(1));
                await timers.SettleAsync();
                foreach (var expectation in expected.Values)
                {
                    expectation.Away(timers.Now, late => late > TimeSpan.FromMinutes(1));
                }

                return;
            case Kind.Stop:
                await timers.StopAsync();
                break;
            case Kind.Kill:
                await timers.CutAsync();
                break;
            case Kind.KillAtTheTick:
                var due = timers.Triggers.List().Min(state => state.Next.UtcDateTime);
                timers.Clock.Advance(due - timers.Now);
                await timers.CutAsync();
                foreach (var (function, expectation) in expected)
                {
                    expectation.Live(timers.TakenLast(function) == due ? due : due.AddTicks(-1));
                }

                break;
        }

        timers.Clock.AdjustTime(timers.Clock.GetUtcNow() + change.By);
        await timers.StartAsync();
        await timers.SettleAsync();
        foreach (var expectation in expected.Values)
        {
            expectation.Away(timers.Now, late => late > TimeSpan.Zero);
        }
    }

    private static Func<DateTime, DateTime> Cron(NaiveCron cron) => after => cron.NextAfter(after, after.AddYears(9))!.Value;

    private static NaiveField Only(params int[] values) => new(string.Join(',', values), values.ToHashSet());

    private static NaiveField All(int most) => new("*", Enumerable.Range(0, most + 1).ToHashSet());

    /// <summary>What happens after a while, and by how much the clock moves meanwhile.</summary>
    public sealed record Change(TimeSpan After, Kind Kind, TimeSpan By);

    private sealed record Start(DateTime Due, DateTime At, bool IsPastDue);

    /// <summary>What must have been started, told span by span from the due times alone.</summary>
    private sealed class Expectation(Func<DateTime, DateTime> nextAfter, DateTime settled)
    {
        // Up to here, all due times are started or given up.
        private DateTime _settled = settled;

        public List<Start> Starts { get; } = [];

        /// <summary>The host was there, and the clock went on steadily, until a time.</summary>
        public void Live(DateTime until)
        {
            for (var due = nextAfter(_settled); due <= until; due = nextAfter(due))
            {
                Starts.Add(new Start(due, due, false));
            }

            Settle(until);
        }

        /// <summary>Nobody looked at the clock until a time.</summary>
        public void Away(DateTime until, Func<TimeSpan, bool> isPastDue)
        {
            if (nextAfter(_settled) is var missed && missed <= until)
            {
                Starts.Add(new Start(missed, until, isPastDue(until - missed)));
            }

            Settle(until);
        }

        private void Settle(DateTime until) => _settled = until > _settled ? until : _settled;
    }

    public static class Days
    {
        public static Arbitrary<IReadOnlyList<Change>> Changes()
        {
            var generator =
                from changes in (
                    from after in Gen.Choose(1, 7200)
                    from kind in Gen.Choose(0, 4)
                    from move in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 90), Gen.Choose(90, 10_000))
                    select new Change(TimeSpan.FromSeconds(after), (Kind)kind, TimeSpan.FromSeconds(move))).ArrayOf(24)
                select (IReadOnlyList<Change>)changes;
            return generator.ToArbitrary();
        }
    }
}
