namespace SpotifyEtl.Local.Report;

/// <summary>A step of a round length. Those of weeks begin on Mondays, as the first of all days was one.</summary>
internal sealed record TimeStep(TimeStepUnit Unit, int Length)
{
    public long Count(DateTime first, DateTime last) => Math.Max(0, IndexOf(last) / Length - FirstIndex(first) / Length + 1);

    public IEnumerable<DateTime> Times(DateTime first, DateTime last)
    {
        for (var index = FirstIndex(first); index <= IndexOf(last); index += Length)
        {
            yield return At(index);
        }
    }

    private long FirstIndex(DateTime first)
    {
        var index = IndexOf(first);
        index = At(index) < first ? index + 1 : index;
        return (index + Length - 1) / Length * Length;
    }

    private long IndexOf(DateTime time) => Unit switch
    {
        TimeStepUnit.Hour => time.Ticks / TimeSpan.TicksPerHour,
        TimeStepUnit.Day => time.Ticks / TimeSpan.TicksPerDay,
        TimeStepUnit.Month => time.Year * 12 + time.Month - 1,
        _ => time.Year,
    };

    private DateTime At(long index) => Unit switch
    {
        TimeStepUnit.Hour => new DateTime(index * TimeSpan.TicksPerHour, DateTimeKind.Utc),
        TimeStepUnit.Day => new DateTime(index * TimeSpan.TicksPerDay, DateTimeKind.Utc),
        TimeStepUnit.Month => new DateTime((int)(index / 12), (int)(index % 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc),
        _ => new DateTime((int)index, 1, 1, 0, 0, 0, DateTimeKind.Utc),
    };
}

/// <summary>The units of time that axes are divided into, the finest first.</summary>
public enum TimeStepUnit
{
    Hour,
    Day,
    Month,
    Year,
}
