using DurableTask.Sqlite.Dispatch;
using Microsoft.Extensions.Time.Testing;

namespace DurableTask.Sqlite.Tests;

public sealed class ScheduleTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { };
    private readonly List<string> _due = [];
    private readonly Schedule<string> _schedule;

    public ScheduleTests() => _schedule = new Schedule<string>(_clock, () => _clock.GetUtcNow().UtcTicks, _due.Add);

    public void Dispose() => _schedule.Dispose();

    [Fact]
    public void What_is_due_is_handed_out_in_order_and_never_early()
    {
        _schedule.Add("c", At(TimeSpan.FromHours(3)));
        _schedule.Add("a", At(TimeSpan.FromHours(1)));
        _schedule.Add("b", At(TimeSpan.FromHours(2)));

        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_due);
        _clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Equal(["a"], _due);
        _clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(["a", "b", "c"], _due);
    }

    [Fact]
    public void A_clock_that_is_set_forward_is_noticed_within_a_minute()
    {
        SettableClock clock = new(_clock.Start);
        List<string> due = [];
        using Schedule<string> schedule = new(clock, () => clock.GetUtcNow().UtcTicks, due.Add);
        schedule.Add("a", clock.GetUtcNow().AddHours(5).UtcTicks);

        clock.Offset = TimeSpan.FromHours(6);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["a"], due);
    }

    private long At(TimeSpan delay) => (_clock.Start + delay).UtcTicks;
}
