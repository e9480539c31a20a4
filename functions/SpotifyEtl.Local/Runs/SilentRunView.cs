using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>Shows nothing: stdout is for the result alone.</summary>
internal sealed class SilentRunView : IRunView
{
    public void Say(string message) => Console.Error.WriteLine(message);

    public Task WatchAsync(string runId, Func<Task<RunProgress?>> read, Task end, CancellationToken cancellationToken) => end;
}
