using DurableTask.Sqlite.Dispatch;

namespace DurableTask.Sqlite.Tests;

public sealed class SteadyClockTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SettableClock _system = new(s_start);
    private readonly SteadyClock _clock;

    public SteadyClockTests() => _clock = new SteadyClock(_system);

    [Fact]
    public void It_goes_with_the_systems_clock_by_which_it_may_be_set_a_little_and_forward()
    {
        _system.Advance(TimeSpan.FromHours(1));
        Assert.Equal(_system.GetUtcNow().UtcTicks, _clock.Now);

        _system.Offset -= TimeSpan.FromMilliseconds(900);
        Assert.Equal(_system.GetUtcNow().UtcTicks, _clock.Now);

        _system.Offset += TimeSpan.FromDays(2);
        Assert.Equal((_system.GetUtcNow().UtcTicks, 0), _clock.Read());
    }

    [Fact]
    public void It_goes_on_where_that_is_set_back_and_is_with_it_again_where_that_is_put_right()
    {
        _system.Advance(TimeSpan.FromMinutes(1));
        _system.Offset -= TimeSpan.FromHours(12);
        _system.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(((s_start + TimeSpan.FromMinutes(2)).UtcTicks, TimeSpan.FromHours(12).Ticks), _clock.Read());

        _system.Offset += TimeSpan.FromHours(5);
        Assert.Equal(((s_start + TimeSpan.FromMinutes(2)).UtcTicks, TimeSpan.FromHours(7).Ticks), _clock.Read());

        _system.Offset += TimeSpan.FromHours(7);
        _system.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(((s_start + TimeSpan.FromMinutes(3)).UtcTicks, 0), _clock.Read());
    }
}
