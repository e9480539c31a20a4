namespace SpotifyEtl.Local.Monitor.Timeline;

/// <summary>One time that a step was under way.</summary>
/// <param name="Start">When the orchestrator asked for it.</param>
/// <param name="End">When the orchestrator had its outcome; null: not yet.</param>
/// <param name="State">What became of it.</param>
public sealed record TimelineBar(DateTimeOffset Start, DateTimeOffset? End, BarState State);

/// <summary>What becomes of a step.</summary>
public enum BarState
{
    Running,
    Done,
    Failed,

    /// <summary>The orchestration ended before it did.</summary>
    Abandoned,
}
