namespace EmbeddedHost.Engine;

/// <summary>One run of an activity, and what tells it to stop.</summary>
internal sealed class ActivityRun(ActivityWork work, CancellationToken stopping) : CodeRun, IDisposable
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    public ActivityWork Work => work;

    public CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>Tells the activity to stop. What it registered for that runs elsewhere, and may fail.</summary>
    public Task CancelAsync() => _cancellation.CancelAsync();

    public void Dispose() => _cancellation.Dispose();
}
