using System.Globalization;
using SpotifyEtl.Local.Monitor;
using SpotifyEtl.Local.Monitor.Timeline;

namespace SpotifyEtl.Local.Tests.Monitor.Timeline;

public sealed class TimelineScaleTests
{
    [Fact]
    public void Bars_are_on_the_chart_and_wide_enough_to_be_seen_whatever_their_times()
    {
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        TimelineScale scale = new(start, start.AddHours(10));

        foreach (var (from, to) in new (double, double?)[] { (0, 0), (0, 36000), (35999.999, 36000), (-5, -1), (0, null), (36000, null), (40000, 50000) })
        {
            TimelineBar bar = new(start.AddSeconds(from), to is { } end ? start.AddSeconds(end) : null, BarState.Done);
            var (x, width) = (
                double.Parse(scale.X(bar), CultureInfo.InvariantCulture),
                double.Parse(scale.BarWidth(bar), CultureInfo.InvariantCulture));
            Assert.InRange(x, 0, TimelineScale.Width);
            Assert.InRange(width, 1, TimelineScale.Width);
            Assert.True(x + width <= TimelineScale.Width + 0.01, $"{x} and {width}");
        }

        Assert.Equal("0 s", MonitorText.Duration(new TimelineScale(start, start).TickTimes().First()));
    }

    [Fact]
    public void Bars_of_a_row_that_overlap_lie_below_one_another_and_stay_in_the_row()
    {
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        TimelineScale scale = new(start, start.AddSeconds(100));
        TimelineBar Bar(int from, int? to) => new(start.AddSeconds(from), to is { } end ? start.AddSeconds(end) : null, BarState.Done);

        var few = scale.Place([Bar(0, 10), Bar(5, 15), Bar(10, 20), Bar(90, null)]);
        var many = scale.Place(Enumerable.Range(0, 100).Select(_ => Bar(0, 100)));

        Assert.Equal([few[0].Y, few[1].Y, few[0].Y, few[0].Y], few.Select(bar => bar.Y));
        Assert.NotEqual(few[0].Y, few[1].Y);
        Assert.Equal(100, many.Count);
        Assert.All(
            many,
            bar => Assert.InRange(
                double.Parse(bar.Y, CultureInfo.InvariantCulture)
                    + double.Parse(bar.Height, CultureInfo.InvariantCulture),
                1,
                TimelineScale.Height));
    }
}
