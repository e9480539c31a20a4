using System.Globalization;

namespace SpotifyEtl.Local.Report;

/// <summary>What the columns of a chart are of: spans of time, which have places one after another, whether or not there is a column for each.</summary>
public sealed class ColumnUnit
{
    private const int HoursOfDay = 24;

    private readonly Func<string, DateTime?> _parse;
    private readonly Func<DateTime, int> _placeOf;
    private readonly Func<int, DateTime> _startOf;

    private ColumnUnit(TimeStepUnit step, Func<string, DateTime?> parse, Func<DateTime, int> placeOf, Func<int, DateTime> startOf) =>
        (Step, _parse, _placeOf, _startOf) = (step, parse, placeOf, startOf);

    /// <summary>Labels such as <c>1999</c>.</summary>
    public static ColumnUnit Year { get; } = new(
        TimeStepUnit.Year, label => Exact(label.PadLeft(4, '0'), "yyyy"), time => time.Year, place => new DateTime(place, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>Labels such as <c>2026-01</c>.</summary>
    public static ColumnUnit Month { get; } = new(
        TimeStepUnit.Month,
        label => Exact(label, "yyyy-MM"),
        time => time.Year * 12 + time.Month - 1,
        place => new DateTime(place / 12, place % 12 + 1, 1, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>Labels such as <c>2026-01-05</c>.</summary>
    public static ColumnUnit Day { get; } = new(
        TimeStepUnit.Day,
        label => Exact(label, "yyyy-MM-dd"),
        time => (int)(time.Ticks / TimeSpan.TicksPerDay),
        place => new DateTime(place * TimeSpan.TicksPerDay, DateTimeKind.Utc));

    /// <summary>Labels from <c>0</c> to <c>23</c>: all of them have a place, whichever there are.</summary>
    public static ColumnUnit HourOfDay { get; } = new(
        TimeStepUnit.Hour,
        label => int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour < HoursOfDay
            ? DateTime.MinValue.AddHours(hour)
            : null,
        time => time.Hour,
        place => DateTime.MinValue.AddHours(place));

    /// <summary>Whether its places are of certain days, months or years.</summary>
    public bool HasDates => this != HourOfDay;

    internal TimeStepUnit Step { get; }

    /// <summary>The place of a label, counted from where all places begin; null: it is none of this unit.</summary>
    public int? PlaceOf(string label) => _parse(label) is { } time ? _placeOf(time) : null;

    /// <summary>The first place and the last that an axis with these has.</summary>
    public (int First, int Last) Span(IReadOnlyCollection<int> places) => this == HourOfDay ? (0, HoursOfDay - 1) : (places.Min(), places.Max());

    /// <summary>The places that an axis names, and what they are called.</summary>
    public IEnumerable<(int Place, TimeTick Tick)> Ticks(int first, int last, int most) =>
        TimeTicks.Between(_startOf(first), _startOf(last), Step, most).Select(tick => (_placeOf(tick.At), tick));

    private static DateTime? Exact(string label, string format) =>
        DateTime.TryParseExact(label, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
