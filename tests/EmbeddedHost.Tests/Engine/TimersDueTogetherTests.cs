using EmbeddedHost.Engine;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Engine;

public sealed class TimersDueTogetherTests
{
    [Fact]
    public void Timers_that_are_due_together_fire_in_the_order_in_which_they_were_added()
    {
        FakeTimeProvider clock = new();
        List<int> fired = [];
        using DurableTimers timers = new(clock, timer => fired.Add(timer.TaskId));
        var due = clock.GetUtcNow().UtcDateTime.AddHours(1);
        foreach (var number in Enumerable.Range(0, 20))
        {
            timers.Add(new DueTimer("instance", "execution", number), due);
        }

        clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(Enumerable.Range(0, 20), fired);
    }
}
