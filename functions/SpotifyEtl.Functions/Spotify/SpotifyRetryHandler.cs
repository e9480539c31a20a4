using System.Net;
using Microsoft.Extensions.Logging;
using SpotifyAPI.Web;
using SpotifyAPI.Web.Http;
using SpotifyEtl.Telemetry;

namespace SpotifyEtl.Spotify;

/// <summary>
/// Repeats a request whose answer says that this helps: 401 once with a new token, a short rate limit after the pause it asks for, a server
/// out of order with back-off. A long rate limit ends the call at once.
/// </summary>
internal sealed class SpotifyRetryHandler(
    CallBudget budget, SpotifyAuthenticator authenticator, SpotifyPace pace, Jitter jitter, TimeProvider clock, ILogger logger) : IRetryHandler
{
    private const string ServiceName = "Spotify";

    /// <exception cref="SpotifyBusyException">Spotify asks for a wait that is not one for inside this call.</exception>
    public async Task<IResponse> HandleRetry(IRequest request, IResponse response, IRetryHandler.RetryFunc retry, CancellationToken cancel = default)
    {
        // A token request's form is gone once it is sent: it is repeated as a whole, by whoever asked for the token.
        var isTokenRequest = request.Endpoint == SpotifyUrls.OAuthToken;
        while (true)
        {
            if (RateLimit.Of(response, clock.GetUtcNow()) is { } limit)
            {
                Pause(request, limit);
                if (isTokenRequest || !limit.IsShort || !budget.TakeWait())
                {
                    throw new SpotifyBusyException(limit, clock.GetUtcNow() + limit.Wait);
                }
            }
            else if (isTokenRequest)
            {
                return response;
            }
            else if (response.StatusCode is HttpStatusCode.Unauthorized && budget.TakeRenewal())
            {
                logger.TokenRefused(request.Endpoint);
                authenticator.Discard(request.Headers["Authorization"]);
            }
            else if (SpotifyFailures.MayPass(response.StatusCode) && budget.TakeFailure())
            {
                var wait = SpotifyWaits.BackOff(budget.Failures, jitter.Draw());
                logger.RequestRepeated(request.Endpoint, $"{(int)response.StatusCode}", wait.TotalMilliseconds);
                await Task.Delay(wait, clock, cancel);
            }
            else
            {
                return response;
            }

            EtlTelemetry.Retries.Add(1, EtlTelemetry.Service(ServiceName));
            response = await retry(request, cancel);
        }
    }

    private void Pause(IRequest request, RateLimit limit)
    {
        var wait = SpotifyWaits.AfterLimit(limit.IsShort ? limit.Wait : SpotifyWaits.OthersAfterLongLimit, jitter.Draw());
        EtlTelemetry.RateLimits.Add(1);
        pace.PauseUntil(clock.GetUtcNow() + wait);
        logger.RateLimited(request.Endpoint, limit.Wait.TotalSeconds, wait.TotalMilliseconds);
    }
}
