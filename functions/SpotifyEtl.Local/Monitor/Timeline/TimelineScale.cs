using System.Globalization;

namespace SpotifyEtl.Local.Monitor.Timeline;

/// <summary>Places times on a chart of a fixed width.</summary>
/// <param name="Start">The left edge.</param>
/// <param name="End">The right edge: the end, or now.</param>
public sealed record TimelineScale(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The chart's width in its own units.</summary>
    public const int Width = 1000;

    // So that the shortest step can still be seen.
    private const double NarrowestBar = 4;

    private const int Ticks = 4;

    public TimeSpan Length => End > Start ? End - Start : TimeSpan.FromMilliseconds(1);

    public static TimelineScale Of(IReadOnlyList<TimelineStep> steps, DateTimeOffset start, DateTimeOffset end)
    {
        var bars = steps.SelectMany(step => step.Steps.Prepend(step)).SelectMany(step => step.Bars).ToList();
        return new TimelineScale(bars.Select(bar => bar.Start).Append(start).Min(), bars.Select(bar => bar.End ?? end).Append(end).Max());
    }

    public string X(TimelineBar bar) => Text(Math.Min(At(bar.Start), Width - NarrowestBar));

    public string BarWidth(TimelineBar bar) => Text(Math.Clamp(At(bar.End ?? End) - At(bar.Start), NarrowestBar, Width));

    /// <summary>The times under the chart, evenly spread from its start to its end.</summary>
    public IEnumerable<TimeSpan> TickTimes() => Enumerable.Range(0, Ticks + 1).Select(tick => Length * tick / Ticks);

    private double At(DateTimeOffset time) => Math.Clamp((time - Start) / Length, 0, 1) * Width;

    private static string Text(double units) => units.ToString("0.##", CultureInfo.InvariantCulture);
}
