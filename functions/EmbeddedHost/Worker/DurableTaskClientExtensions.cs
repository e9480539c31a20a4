using System.Net;
using EmbeddedHost.Http;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>HTTP answers about orchestrations.</summary>
public static class DurableTaskClientExtensions
{
    /// <summary>An answer with status 202 that says where to watch an instance. Whether there is one is not looked up.</summary>
    public static HttpResponseData CreateCheckStatusResponse(
        this DurableTaskClient client, HttpRequestData request, string instanceId, CancellationToken cancellation = default) =>
        CreateCheckStatusResponse(client, request, instanceId, HttpStatusCode.Accepted, cancellation);

    /// <summary>An answer with a status that says where to watch an instance.</summary>
    public static HttpResponseData CreateCheckStatusResponse(
        this DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode statusCode, CancellationToken cancellation = default) =>
        CreateCheckStatusResponseAsync(client, request, instanceId, statusCode, cancellation).GetAwaiter().GetResult();

    /// <inheritdoc cref="CreateCheckStatusResponse(DurableTaskClient, HttpRequestData, string, CancellationToken)" />
    public static Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client, HttpRequestData request, string instanceId, CancellationToken cancellation = default) =>
        CreateCheckStatusResponseAsync(client, request, instanceId, HttpStatusCode.Accepted, cancellation);

    /// <inheritdoc cref="CreateCheckStatusResponse(DurableTaskClient, HttpRequestData, string, HttpStatusCode, CancellationToken)" />
    public static async Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode statusCode, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var payload = client.CreateHttpManagementPayload(instanceId, request);
        var response = request.CreateResponse(statusCode);
        response.Headers.Add("Location", payload.StatusQueryGetUri);
        await response.WriteAsJsonAsync(payload, cancellation);
        return response;
    }

    /// <summary>Where to watch and steer an instance. Whether there is one is not looked up.</summary>
    /// <param name="client">The client that a [DurableClient] parameter gets.</param>
    /// <param name="instanceId">The instance's id.</param>
    /// <param name="request">The addresses get its host; null: the address that the host listens on.</param>
    /// <exception cref="InvalidOperationException">The host does not listen for HTTP, and there is no request to take an address from.</exception>
    public static HttpManagementPayload CreateHttpManagementPayload(this DurableTaskClient client, string instanceId, HttpRequestData? request = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return ManagementLinks.Of(client).ToPayload(instanceId, request?.Url);
    }
}
