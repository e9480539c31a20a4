using System.Globalization;
using SpotifyEtl.Local.Runs;

namespace SpotifyEtl.Local.Monitor.Timeline;

/// <summary>Places times on a chart of a fixed size.</summary>
/// <param name="Start">The left edge.</param>
/// <param name="End">The right edge: the end, or now.</param>
public sealed record TimelineScale(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The chart's width in its own units.</summary>
    public const int Width = 1000;

    /// <summary>The height of a row in the same.</summary>
    public const int Height = 20;

    // So that the shortest step can still be seen.
    private const double NarrowestBar = 4;

    private const int Margin = 3;
    private const int MostLanes = 7;
    private const int Ticks = 4;

    public TimeSpan Length => End > Start ? End - Start : TimeSpan.FromMilliseconds(1);

    public static TimelineScale Of(IReadOnlyList<TimelineStep> steps, DateTimeOffset start, DateTimeOffset end)
    {
        var bars = steps.SelectMany(step => step.Bars).ToList();
        return new TimelineScale(bars.Select(bar => bar.Start).Append(start).Min(), bars.Select(bar => bar.End ?? end).Append(end).Max());
    }

    /// <summary>The bars of a row, those that overlap below one another as far as there is room.</summary>
    public IReadOnlyList<PlacedBar> Place(IEnumerable<TimelineBar> bars)
    {
        List<DateTimeOffset> ends = [];
        List<(TimelineBar Bar, int Lane)> inLanes = [];
        foreach (var bar in bars.OrderBy(bar => bar.Start))
        {
            var lane = ends.FindIndex(end => end <= bar.Start);
            if (lane < 0)
            {
                lane = ends.Count < MostLanes ? ends.Count : inLanes.Count % MostLanes;
                ends.AddRange(Enumerable.Repeat(bar.Start, lane == ends.Count ? 1 : 0));
            }

            ends[lane] = bar.End ?? End;
            inLanes.Add((bar, lane));
        }

        var height = (double)(Height - 2 * Margin) / Math.Max(1, ends.Count);
        return [.. inLanes.Select(placed => new PlacedBar(
            X(placed.Bar), BarWidth(placed.Bar), Text(Margin + placed.Lane * height), Text(height), placed.Bar.State))];
    }

    public string X(TimelineBar bar) => Text(Math.Min(At(bar.Start), Width - NarrowestBar));

    public string BarWidth(TimelineBar bar) => Text(Math.Clamp(At(bar.End ?? End) - At(bar.Start), NarrowestBar, Width));

    /// <summary>The bar of an interruption.</summary>
    public static TimelineBar BarOf(RunInterruption interruption) => new(interruption.LastSeenAt, interruption.WentOnAt, BarState.Abandoned);

    /// <summary>The times under the chart, evenly spread from its start to its end.</summary>
    public IEnumerable<TimeSpan> TickTimes() => Enumerable.Range(0, Ticks + 1).Select(tick => Length * tick / Ticks);

    private double At(DateTimeOffset time) => Math.Clamp((time - Start) / Length, 0, 1) * Width;

    private static string Text(double units) => units.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>A bar with its place on the chart.</summary>
public sealed record PlacedBar(string X, string Width, string Y, string Height, BarState State);
