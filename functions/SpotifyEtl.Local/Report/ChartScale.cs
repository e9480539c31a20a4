namespace SpotifyEtl.Local.Report;

/// <summary>A scale between round numbers.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Step">How far its lines are apart.</param>
public sealed record ChartScale(double Start, double End, double Step)
{
    private const int Steps = 4;

    private static readonly double[] s_round = [1, 2, 5, 10];

    /// <summary>The values at its lines.</summary>
    public IEnumerable<double> Lines => Enumerable.Range(0, (int)Math.Round((End - Start) / Step) + 1).Select(line => Start + line * Step);

    /// <summary>From 0 on, as columns and bars need it, which show values by their lengths.</summary>
    public static ChartScale FromZero(double greatest) => Between(0, Math.Max(1, greatest));

    /// <summary>Where values differ, as is right for lines and dots, which show values by where they stand.</summary>
    public static ChartScale Between(double least, double greatest)
    {
        var step = RoundedUp(Math.Max(1, (greatest - least) / Steps));
        var start = Math.Floor(least / step) * step;
        return new ChartScale(start, Math.Max(start + step, Math.Ceiling(greatest / step) * step), step);
    }

    /// <summary>
    /// That of a ranking: from 0 on, for bars, unless all of them would be more than half as long as the longest; then where values differ, for dots. Null:
    /// nothing tells the values apart.
    /// </summary>
    public static ChartScale? OfRanks(IReadOnlyCollection<double> values)
    {
        var (least, greatest) = (values.DefaultIfEmpty().Min(), values.DefaultIfEmpty().Max());
        return least < 0 || least >= greatest ? null
            : least * 2 < greatest ? FromZero(greatest)
            : Between(least, greatest);
    }

    /// <summary>How far along the scale a value stands: 0 at its start, 1 at its end.</summary>
    public double Share(double value) => (value - Start) / (End - Start);

    private static double RoundedUp(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * s_round.First(round => round * power >= step);
    }
}
