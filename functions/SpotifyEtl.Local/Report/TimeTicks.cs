using System.Globalization;

namespace SpotifyEtl.Local.Report;

/// <summary>A time that an axis names.</summary>
/// <param name="At">The time.</param>
/// <param name="Label">Such as <c>12 Jan</c>.</param>
/// <param name="Beneath">What is said once of it and those after it, such as the year.</param>
public sealed record TimeTick(DateTime At, string Label, string Beneath = "");

/// <summary>Finds the round times that an axis of time names.</summary>
internal static class TimeTicks
{
    private static readonly TimeStep[] s_steps =
    [
        .. Steps(TimeStepUnit.Hour, 1, 3, 6, 12), .. Steps(TimeStepUnit.Day, 1, 2, 7, 14), .. Steps(TimeStepUnit.Month, 1, 3, 6),
        .. Steps(TimeStepUnit.Year, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000),
    ];

    /// <summary>Round times from one time to another, as close together as there is room for; of two times within an hour, themselves.</summary>
    /// <param name="first">The first time of the axis.</param>
    /// <param name="last">The last.</param>
    /// <param name="finest">The finest unit to name.</param>
    /// <param name="most">How many there is room for.</param>
    public static IReadOnlyList<TimeTick> Between(DateTime first, DateTime last, TimeStepUnit finest, int most)
    {
        var step = s_steps.First(step => step.Unit >= finest && (step.Count(first, last) <= most || step == s_steps[^1]));
        List<DateTime> times = [.. step.Times(first, last)];
        return times.Count > 0
            ? [.. times.Select((time, index) => Tick(time, index > 0 ? times[index - 1] : null, step.Unit))]
            : [Tick(first, before: null, TimeStepUnit.Hour)];
    }

    private static TimeTick Tick(DateTime time, DateTime? before, TimeStepUnit unit)
    {
        var year = before?.Year == time.Year ? "" : Text(time, "yyyy");
        return unit switch
        {
            TimeStepUnit.Hour => new TimeTick(time, Text(time, "HH:mm"), before?.Date == time.Date ? "" : Text(time, "d MMM yyyy")),
            TimeStepUnit.Day => new TimeTick(time, Text(time, "d MMM"), year),
            TimeStepUnit.Month => new TimeTick(time, Text(time, "MMM"), year),
            _ => new TimeTick(time, time.Year.ToString(CultureInfo.InvariantCulture)),
        };
    }

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    private static IEnumerable<TimeStep> Steps(TimeStepUnit unit, params int[] lengths) => lengths.Select(length => new TimeStep(unit, length));
}
