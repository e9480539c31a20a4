namespace SpotifyEtl.Local.Monitor.Timeline;

/// <summary>What an orchestration asked for by one name and for one thing, however often.</summary>
/// <param name="Name">The activity's or orchestrator's name, or what is waited for.</param>
/// <param name="Subject">What it was to work on, such as a playlist, a file or the files of a batch; empty when its input does not tell.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Bars">Its calls, in their order; never none.</param>
/// <param name="PartId">The sub-orchestration's instance id, or null.</param>
public sealed record TimelineStep(string Name, string Subject, StepKind Kind, IReadOnlyList<TimelineBar> Bars, string? PartId)
{
    /// <summary>The first and the last file of a batch; empty when it is none.</summary>
    public string Names { get; init; } = string.Empty;

    /// <summary>The number of files of a batch; 0 when it is none.</summary>
    public int Files { get; init; }

    public DateTimeOffset Start => Bars[0].Start;

    public DateTimeOffset? End => Bars.All(bar => bar.End is not null) ? Bars.Max(bar => bar.End) : null;

    /// <summary>What became of the last call: those before it were tried again.</summary>
    public BarState State => Bars[^1].State;
}

/// <summary>What orchestrations wait for.</summary>
public enum StepKind
{
    Activity,
    SubOrchestration,
    Timer,
}
