using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;
using SpotifyEtl.Payloads;
using SpotifyEtl.Telemetry;

namespace SpotifyEtl.Notifications;

/// <summary>Posts to the address in the settings, which is in no message, log line or span.</summary>
public sealed class Webhook(IHttpClientFactory clients, IOptions<NotifyOptions> options)
{
    public const string HttpClientName = "Webhook";

    private const string Name = "The webhook (Notify__WebhookUrl)";

    public bool IsSet => !string.IsNullOrEmpty(options.Value.WebhookUrl);

    /// <exception cref="TransientEtlException">It was not reached, or asks to be tried again.</exception>
    /// <exception cref="PermanentEtlException">It refuses.</exception>
    public async Task PostAsync(Notification notification, CancellationToken cancellationToken)
    {
        using var span = EtlTelemetry.Source.StartActivity("POST", ActivityKind.Client)?.SetTag("http.request.method", "POST");
        using var client = clients.CreateClient(HttpClientName);
        var status = await SendAsync(client, notification, span, cancellationToken);
        span?.SetTag("http.response.status_code", (int)status);
        if ((int)status is >= 200 and < 300)
        {
            return;
        }

        span?.Fail($"{(int)status}");
        throw status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500
            ? new TransientEtlException($"{Name} answered {(int)status} to notification {notification.Id}. It can be posted again.")
            : new PermanentEtlException($"{Name} refused notification {notification.Id} with {(int)status}. See that the address is right and takes JSON.");
    }

    // What the client throws is not passed on: it may name the address.
    private async Task<HttpStatusCode> SendAsync(HttpClient client, Notification notification, Activity? span, CancellationToken cancellationToken)
    {
        string failure;
        try
        {
            using var answer = await client.PostAsJsonAsync(options.Value.WebhookUrl, notification, PayloadJson.Options, cancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException exception)
        {
            failure = exception.HttpRequestError.ToString();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            failure = "Timeout";
        }

        span?.Fail(failure);
        throw new TransientEtlException($"{Name} was not reached with notification {notification.Id}: {failure}. It can be posted again.");
    }
}
