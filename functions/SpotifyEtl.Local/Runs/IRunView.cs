using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>Shows a run while it goes on.</summary>
internal interface IRunView
{
    /// <summary>Says something, once.</summary>
    void Say(string message);

    /// <summary>Shows how far a run is until it ends.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="read">Reads how far it is; null: it has not begun.</param>
    /// <param name="end">Completes when it ends.</param>
    /// <param name="cancellationToken">Stops watching.</param>
    Task WatchAsync(string runId, Func<Task<RunProgress?>> read, Task end, CancellationToken cancellationToken);
}
