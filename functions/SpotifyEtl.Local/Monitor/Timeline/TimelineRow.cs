using SpotifyEtl.Activities;
using SpotifyEtl.Orchestrators;

namespace SpotifyEtl.Local.Monitor.Timeline;

/// <summary>A row of the Gantt chart: a step, or all steps of one name where a row for each would hide the others.</summary>
/// <param name="Name">The steps' name.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Steps">They; never none.</param>
public sealed record TimelineRow(string Name, StepKind Kind, IReadOnlyList<TimelineStep> Steps)
{
    private const int MostRowsOfName = 5;

    /// <summary>Its one step; null: it has several.</summary>
    public TimelineStep? OnlyStep => Steps is [var step] ? step : null;

    public DateTimeOffset Start => Steps.Min(step => step.Start);

    /// <summary>When the last of them ended; null: not all have.</summary>
    public DateTimeOffset? End => Steps.All(step => step.End is not null) ? Steps.Max(step => step.End) : null;

    public IEnumerable<TimelineBar> Bars => Steps.SelectMany(step => step.Bars);

    /// <summary>The worst that has become of any of them, as long as none runs.</summary>
    public BarState State => new[] { BarState.Running, BarState.Failed, BarState.Abandoned }
        .Where(state => Steps.Any(step => step.State == state)).Append(BarState.Done).First();

    /// <summary>The rows, in the order in which their first steps were asked for.</summary>
    public static IReadOnlyList<TimelineRow> Of(IReadOnlyList<TimelineStep> steps) =>
    [
        .. steps
            .GroupBy(step => (step.Name, step.Kind))
            .SelectMany(named => IsGroup(named.Key.Name, named.Count())
                ? [new TimelineRow(named.Key.Name, named.Key.Kind, [.. named])]
                : named.Select(step => new TimelineRow(step.Name, step.Kind, [step])))
            .OrderBy(row => row.Start),
    ];

    /// <summary>What a group has, such as <c>6 crawlers</c>.</summary>
    public string Count() => Name switch
    {
        nameof(RefreshCrawler) => Counted(Steps.Count, "crawler"),
        nameof(ProcessFiles) => $"{Counted(Steps.Count, "batch", "batches")}, {Counted(Steps.Sum(step => step.Files), "file")}",
        nameof(TransformFile) or nameof(MoveToProcessed) or nameof(RejectFile) => Counted(Steps.Count, "file"),
        nameof(ExtractPlaylist) => Counted(Steps.Count, "playlist"),
        nameof(WriteMonth) => Counted(Steps.Count, "month"),
        _ when Kind is StepKind.Timer => Counted(Steps.Count, "wait"),
        _ => Counted(Steps.Count, "step"),
    };

    private static bool IsGroup(string name, int steps) => steps > (name == nameof(RefreshCrawler) ? 1 : MostRowsOfName);

    private static string Counted(int count, string one, string? several = null) =>
        $"{MonitorText.Number(count)} {(count == 1 ? one : several ?? one + "s")}";
}
