using System.Text.Json;
using Microsoft.Extensions.Logging;
using SpotifyAPI.Web;
using SpotifyEtl.Errors;
using SpotifyEtl.Telemetry;

namespace SpotifyEtl.Spotify;

/// <summary>Reads the Web API: one call is as many requests as it takes, within bounds.</summary>
/// <remarks>
/// The loop is by hand, since each bound is one for the whole call: of retry strategies in a pipeline, as Polly has them, the inner ones count anew
/// whenever an outer one repeats.
/// </remarks>
public sealed class SpotifyApi(
    SpotifyConnectorFactory connectors,
    SpotifyAuthenticator authenticator,
    SpotifyFailures failures,
    Jitter jitter,
    TimeProvider clock,
    ILogger<SpotifyApi> logger)
{
    private const string ServiceName = "Spotify";
    private const int MaxFailures = 6;
    private const int MaxWaits = 5;

    /// <summary>
    /// Gets what an endpoint answers, read by <paramref name="parse"/>. A request is made again after a short rate limit, once with a new token, and with
    /// back-off when the server or the way to it is out of order or the answer cannot be read;
    /// only a few times when there is no Spotify at the other end.
    /// </summary>
    /// <exception cref="SpotifyBusyException">Spotify asks for a long wait, or for one short wait after the other.</exception>
    internal async Task<T> GetAsync<T>(
        Uri endpoint, IReadOnlyDictionary<string, string> parameters, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellationToken)
    {
        var connector = connectors.Create();
        var (failed, hopeless, waited, isRenewed) = (0, 0, 0, false);
        while (true)
        {
            Dictionary<string, string> headers = new(StringComparer.Ordinal);
            try
            {
                // The token that all share is asked for without anybody's cancellation.
                var response = await connector.SendRawRequest(
                    endpoint, HttpMethod.Get, new Dictionary<string, string>(parameters, StringComparer.Ordinal), headers: headers, cancel: cancellationToken)
                    .WaitAsync(cancellationToken);
                return parse(((ReceivedResponse)response).Bytes);
            }
            catch (SpotifyBusyException busy) when (busy.Limit.IsShort && waited++ < MaxWaits)
            {
                // The pace holds back the next request of any kind.
            }
            catch (APIUnauthorizedException) when (!isRenewed)
            {
                isRenewed = true;
                logger.TokenRefused(endpoint);
                authenticator.Discard(headers["Authorization"]);
            }
            catch (Exception exception) when (MayPass(exception, cancellationToken) && failed++ < MaxFailures)
            {
                await BackOffAsync(endpoint, failed, MaxFailures, exception, cancellationToken);
            }
            catch (HopelessRequestException exception) when (++hopeless < exception.Tries)
            {
                await BackOffAsync(endpoint, hopeless, exception.Tries - 1, exception, cancellationToken);
            }

            EtlTelemetry.Retries.Add(1, EtlTelemetry.Service(ServiceName));
        }
    }

    private async Task BackOffAsync(Uri endpoint, int failures, int maxFailures, Exception exception, CancellationToken cancellationToken)
    {
        var wait = SpotifyWaits.BackOff(failures, jitter.Draw());
        logger.RequestRepeated(endpoint, ReasonOf(exception), failures + 1, maxFailures + 1, wait.TotalSeconds);
        await Task.Delay(wait, clock, cancellationToken);
    }

    private static bool MayPass(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        APIException answer => SpotifyFailures.MayPass(answer.Response?.StatusCode),
        HttpRequestException or JsonException or TransientEtlException => true,
        _ => false,
    };

    private string ReasonOf(Exception exception) =>
        exception is APIException { Response: { } response }
            ? $"Spotify answers {(int)response.StatusCode}."
            : Reason.InShort(failures.Hide(exception.Message));
}
