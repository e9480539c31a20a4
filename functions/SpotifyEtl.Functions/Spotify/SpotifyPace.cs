namespace SpotifyEtl.Spotify;

/// <summary>Keeps the process polite: at most four requests at a time over all extractions, and none while Spotify asked for a pause.</summary>
public sealed class SpotifyPace(TimeProvider clock) : IDisposable
{
    public const int MaxInFlight = 4;

    private readonly SemaphoreSlim _slots = new(MaxInFlight, MaxInFlight);
    private readonly Lock _gate = new();
    private DateTimeOffset _pausedUntil;

    /// <summary>Holds back every request that has not been sent yet. A pause never shortens one that is longer.</summary>
    public void PauseUntil(DateTimeOffset until)
    {
        lock (_gate)
        {
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    /// <summary>Sends when it is this request's turn.</summary>
    public async Task<T> SendAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            while (Remaining() is var pause && pause > TimeSpan.Zero)
            {
                // A delay is cut to whole milliseconds, and one of none would be no wait at all.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds)), clock, cancellationToken);
            }

            return await send();
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private TimeSpan Remaining()
    {
        lock (_gate)
        {
            return _pausedUntil - clock.GetUtcNow();
        }
    }
}
