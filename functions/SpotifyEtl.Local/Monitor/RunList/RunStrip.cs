using System.Globalization;

namespace SpotifyEtl.Local.Monitor.RunList;

/// <summary>The last runs as bars, the newest at the right end.</summary>
/// <param name="Runs">They, the oldest first.</param>
public sealed record RunStrip(IReadOnlyList<RunRow> Runs)
{
    /// <summary>The most runs that it has.</summary>
    public const int MostRuns = 30;

    /// <summary>The size of a chart in its own units.</summary>
    public const int Width = MostRuns * Slot;

    public const int Height = 48;

    private const int Slot = 16;
    private const int BarWidth = 12;
    private const double LowestBar = 2;

    public TimeSpan Longest => Runs.Select(run => run.Duration).DefaultIfEmpty().Max();

    public long MostRows => Runs.Select(run => run.Counts?.Rows ?? 0).DefaultIfEmpty().Max();

    /// <summary>What the bars show, in a sentence.</summary>
    public string Summary => string.Join(
        ", ",
        Runs.GroupBy(run => run.Status).OrderBy(runs => runs.Key)
            .Select(runs => $"{MonitorText.Number(runs.Count())} {runs.Key.ToString().ToLowerInvariant()}"));

    public IEnumerable<RunStripBar> Durations() => Bars(run => run.Duration.Ticks, Longest.Ticks);

    /// <summary>Those by rows; runs of which it is not known how many they have loaded have the lowest.</summary>
    public IEnumerable<RunStripBar> Rows() => Bars(run => run.Counts?.Rows ?? 0, MostRows);

    private IEnumerable<RunStripBar> Bars(Func<RunRow, long> measure, long most) => Runs.Select((run, index) =>
    {
        var height = Math.Max(LowestBar, most > 0 ? (double)measure(run) / most * Height : 0);
        return new RunStripBar(run, Text((MostRuns - Runs.Count + index) * Slot), Text(BarWidth), Text(Height - height), Text(height));
    });

    private static string Text(double units) => units.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>A run's bar with its place on the chart.</summary>
public sealed record RunStripBar(RunRow Run, string X, string Width, string Y, string Height);
