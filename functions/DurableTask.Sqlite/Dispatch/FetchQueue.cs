using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>A queue whose readers wait for what comes, for a time, or until it is stopped.</summary>
#pragma warning disable CA1001 // A token source without a timer holds nothing, and whoever still waits reads it.
internal sealed class FetchQueue<T>
#pragma warning restore CA1001
    where T : class
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();
    private CancellationTokenSource _stopped = new();

    /// <summary>Whether something waits to be read.</summary>
    public bool HasItems => _items.Reader.TryPeek(out _);

    public int Count => _items.Reader.Count;

    public bool IsStopped => _stopped.IsCancellationRequested;

    public void Add(T item) => _items.Writer.TryWrite(item);

    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        item = null;
        return !_stopped.IsCancellationRequested && _items.Reader.TryRead(out item);
    }

    /// <summary>Waits until there may be something to take.</summary>
    /// <returns>False when the time is up, or the wait was cancelled.</returns>
    public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var stopped = _stopped;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, stopped.IsCancellationRequested ? CancellationToken.None : stopped.Token);
        if (timeout < TimeSpan.FromMilliseconds(int.MaxValue))
        {
            waiting.CancelAfter(timeout < TimeSpan.Zero ? TimeSpan.Zero : timeout);
        }

        try
        {
            if (stopped.IsCancellationRequested)
            {
                // Stopped, and asked all the same: as if nothing came, rather than at once and again and again.
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, waiting.Token);
            }

            return await _items.Reader.WaitToReadAsync(waiting.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Sends readers away until it is started again.</summary>
    public void Stop() => _stopped.Cancel();

    public void Start()
    {
        if (_stopped.IsCancellationRequested)
        {
            _stopped = new CancellationTokenSource();
        }
    }
}
