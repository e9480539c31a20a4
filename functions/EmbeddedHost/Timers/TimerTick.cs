using System.Text.Json;

namespace EmbeddedHost.Timers;

/// <summary>What a timer function is told of the tick that it runs for.</summary>
/// <param name="IsPastDue">Whether the tick was missed and is made up.</param>
/// <param name="Status">The schedule's status before the tick; null: it is not monitored.</param>
internal sealed record TimerTick(bool IsPastDue, TimerTickStatus? Status)
{
    /// <summary>As the worker reads it into its TimerInfo.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        Schedule = new { AdjustForDST = true },
        ScheduleStatus = Status,
        IsPastDue,
    });
}

/// <summary>A schedule's status as a tick finds it. UTC.</summary>
/// <param name="Last">When the function was last started; the first day of all: never.</param>
/// <param name="Next">The tick's own due time.</param>
/// <param name="LastUpdated">When this was last written.</param>
internal sealed record TimerTickStatus(DateTime Last, DateTime Next, DateTime LastUpdated);
