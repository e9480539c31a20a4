namespace EmbeddedHost.Hosting;

/// <summary>Tells what runs that the host stops.</summary>
internal sealed class HostStop : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public CancellationToken Token => _source.Token;

    public Task SignalAsync() => _source.CancelAsync();

    public void Dispose() => _source.Dispose();
}
