using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>
/// How fast a phase goes on, as seen by who looks at it now and then. What was done before the first look does not count: an earlier process may have
/// done it.
/// </summary>
internal sealed class PhasePace(TimeProvider time)
{
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(1);

    private RunProgress? _first;
    private long _start;

    /// <summary>Looks at the progress.</summary>
    /// <returns>Whether a phase has begun since the look before.</returns>
    public bool Look(RunProgress progress)
    {
        if (_first?.Phase == progress.Phase)
        {
            return false;
        }

        _first = progress;
        _start = time.GetTimestamp();
        return true;
    }

    /// <summary>What is done in a second; null: that cannot be told yet.</summary>
    public double? PerSecond(RunProgress progress)
    {
        var elapsed = time.GetElapsedTime(_start);
        return _first is { } first && first.Phase == progress.Phase && progress.Done > first.Done && elapsed >= s_least
            ? (progress.Done - first.Done) / elapsed.TotalSeconds
            : null;
    }
}
