using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Spotify;

/// <summary>Reads the Web API: one call is as many requests as it takes, within bounds.</summary>
public sealed class SpotifyApi(
    SpotifyConnectorFactory connectors, SpotifyFailures failures, Jitter jitter, TimeProvider clock, ILogger<SpotifyApi> logger)
{
    /// <summary>Gets what an endpoint answers, read by <paramref name="parse"/>; what that cannot read is asked for again.</summary>
    /// <exception cref="SpotifyBusyException">Spotify asks for a long wait.</exception>
    internal async Task<T> GetAsync<T>(Uri endpoint, IReadOnlyDictionary<string, string> parameters, Func<byte[], T> parse, CancellationToken cancellationToken)
    {
        CallBudget budget = new();
        var connector = connectors.Create(budget);
        while (true)
        {
            try
            {
                var response = await connector.SendRawRequest(
                    endpoint, HttpMethod.Get, new Dictionary<string, string>(parameters, StringComparer.Ordinal), cancel: cancellationToken);
                return parse(Encoding.UTF8.GetBytes(response.Body as string ?? ""));
            }
            catch (SpotifyBusyException busy) when (busy.Limit.IsShort && budget.TakeWait())
            {
                // The accounts service asked for it; the pause holds back the next request of any kind.
            }
            catch (Exception exception) when (MayPass(exception, cancellationToken) && budget.TakeFailure())
            {
                var wait = SpotifyWaits.BackOff(budget.Failures, jitter.Draw());
                logger.RequestRepeated(endpoint, failures.Hide(exception.Message), wait.TotalMilliseconds);
                await Task.Delay(wait, clock, cancellationToken);
            }
        }
    }

    private static bool MayPass(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        HttpRequestException or JsonException or TransientEtlException => true,
        _ => false,
    };
}
