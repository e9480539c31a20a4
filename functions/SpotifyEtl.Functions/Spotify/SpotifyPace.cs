using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using SpotifyAPI.Web.Http;
using SpotifyEtl.Telemetry;

namespace SpotifyEtl.Spotify;

/// <summary>Keeps the process polite: at most four requests at a time over all extractions, and none while Spotify asked for a pause.</summary>
/// <remarks>The pause is by hand: a limiter gives by count or by time, and none takes back from all what the answer to one forbids.</remarks>
public sealed class SpotifyPace(Jitter jitter, TimeProvider clock, ILogger<SpotifyPace> logger) : IDisposable
{
    public const int MaxInFlight = 4;

    private readonly ConcurrencyLimiter _slots = new(new ConcurrencyLimiterOptions { PermitLimit = MaxInFlight, QueueLimit = int.MaxValue });
    private readonly Lock _gate = new();
    private DateTimeOffset _pausedUntil;

    /// <summary>Sends when it is this request's turn.</summary>
    /// <exception cref="SpotifyBusyException">Spotify answers that it wants to be left alone: whatever has not been sent yet is held back.</exception>
    internal async Task<IResponse> SendAsync(IRequest request, Func<Task<IResponse>> send, CancellationToken cancellationToken)
    {
        using var slot = await _slots.AcquireAsync(cancellationToken: cancellationToken);
        while (Remaining() is var pause && pause > TimeSpan.Zero)
        {
            // A delay is cut to whole milliseconds, and one of none would be no wait at all.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds)), clock, cancellationToken);
        }

        var response = await send();
        if (RateLimit.Of(response, clock.GetUtcNow()) is not { } limit)
        {
            return response;
        }

        Pause(request.Endpoint, limit);
        throw new SpotifyBusyException(limit, clock.GetUtcNow() + limit.Deferral);
    }

    public void Dispose() => _slots.Dispose();

    // A pause never shortens one that is longer.
    private void Pause(Uri endpoint, RateLimit limit)
    {
        var wait = SpotifyWaits.AfterLimit(limit.IsShort ? limit.Wait : SpotifyWaits.OthersAfterLongLimit, jitter.Draw());
        lock (_gate)
        {
            var until = clock.GetUtcNow() + wait;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }

        EtlTelemetry.RateLimits.Add(1);
        logger.RateLimited(endpoint, limit.Wait.TotalSeconds, wait.TotalSeconds);
    }

    private TimeSpan Remaining()
    {
        lock (_gate)
        {
            return _pausedUntil - clock.GetUtcNow();
        }
    }
}
