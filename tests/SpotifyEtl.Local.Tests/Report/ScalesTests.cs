using SpotifyEtl.Local.Report;

namespace SpotifyEtl.Local.Tests.Report;

/// <summary>The scales of the report's charts: where they begin and end, and what they name.</summary>
public sealed class ScalesTests
{
    [Theory]
    [InlineData(new double[] { 100, 98, 97, 96 }, 96, 100)]
    [InlineData(new double[] { 97, 90, 84 }, 80, 100)]
    [InlineData(new double[] { 139, 27, 12 }, 0, 150)]
    [InlineData(new double[] { 3, 2, 1, 0 }, 0, 3)]
    public void A_ranking_is_drawn_from_0_unless_its_values_differ_by_less_than_half(double[] values, double start, double end)
    {
        var scale = ChartScale.OfRanks(values);

        Assert.Equal((start, end), (scale!.Start, scale.End));
        Assert.All(values, value => Assert.InRange(scale.Share(value), 0, 1));
    }

    [Fact]
    public void A_ranking_that_nothing_tells_apart_is_not_drawn()
    {
        Assert.Null(ChartScale.OfRanks([]));
        Assert.Null(ChartScale.OfRanks([1, 1, 1]));
    }

    [Theory]
    [InlineData(50, 50, "50 51")]
    [InlineData(199, 201, "199 200 201")]
    [InlineData(0, 1234, "0 500 1000 1500")]
    public void A_line_has_round_numbers_about_its_values(double least, double greatest, string lines) =>
        Assert.Equal(lines, string.Join(' ', ChartScale.Between(least, greatest).Lines));

    [Theory]
    [InlineData("2026-01-05T06:00", "2026-01-05T09:30", "06:00/5 Jan 2026 07:00 08:00 09:00")]
    [InlineData("2026-01-05T06:00", "2026-01-06T06:00", "06:00/5 Jan 2026 12:00 18:00 00:00/6 Jan 2026 06:00")]
    [InlineData("2026-10-26T00:00", "2026-11-28T00:00", "26 Oct/2026 2 Nov 9 Nov 16 Nov 23 Nov")]
    [InlineData("2025-11-20T06:00", "2026-02-10T06:00", "Dec/2025 Jan/2026 Feb")]
    [InlineData("1961-01-01T00:00", "2024-01-01T00:00", "1980 2000 2020")]
    [InlineData("2026-01-05T06:10", "2026-01-05T06:40", "06:10/5 Jan 2026")]
    [InlineData("2026-01-05T06:10", "2026-01-05T06:10", "06:10/5 Jan 2026")]
    public void An_axis_of_time_names_round_times_at_equal_distances(string first, string last, string ticks) =>
        Assert.Equal(
            ticks,
            string.Join(
                ' ',
                TimeTicks.Between(Time(first), Time(last), TimeStepUnit.Hour, most: 5)
                    .Select(tick => tick.Label + (tick.Beneath.Length > 0 ? "/" + tick.Beneath : ""))));

    [Fact]
    public void Columns_stand_where_their_time_is_and_leave_room_for_those_that_there_are_not()
    {
        Assert.Equal([24311, 24313, 24324], new[] { "2025-12", "2026-02", "2027-01" }.Select(ColumnUnit.Month.PlaceOf).OfType<int>());
        Assert.Equal(2, ColumnUnit.Day.PlaceOf("2026-03-01") - ColumnUnit.Day.PlaceOf("2026-02-27"));
        Assert.Equal(1999, ColumnUnit.Year.PlaceOf("1999"));
        Assert.Equal((0, 23), ColumnUnit.HourOfDay.Span([8, 9]));
        Assert.Equal((8, 9), ColumnUnit.Day.Span([8, 9]));
        Assert.Null(ColumnUnit.HourOfDay.PlaceOf("24"));
        Assert.Null(ColumnUnit.Month.PlaceOf("<b>"));
    }

    private static DateTime Time(string text) => ReportText.ParseTime(text)!.Value.UtcDateTime;
}
