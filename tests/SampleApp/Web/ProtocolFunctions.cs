using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using SampleApp.Durable;

namespace SampleApp.Web;

/// <summary>HTTP functions of the worker's own types.</summary>
public static class ProtocolFunctions
{
    [Function("Worker")]
    public static async Task<HttpResponseData> Worker(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "worker/{name}")] HttpRequestData request, string name, FunctionContext context)
    {
        var order = await request.ReadFromJsonAsync<WebFunctions.Order>();
        var response = request.CreateResponse(HttpStatusCode.Created);
        response.Headers.Add("X-Name", $"{name} {request.Query["q"]} {context.FunctionDefinition.Name} {context.BindingContext.BindingData["name"]}");
        response.Cookies.Append(new HttpCookie("crumb", request.Cookies.Single().Value) { HttpOnly = true, SameSite = SameSite.Strict });
        await response.WriteAsJsonAsync(order! with { Count = order.Count + 1 });
        return response;
    }

    /// <summary>Sends back what it was sent, byte for byte.</summary>
    [Function("Bytes")]
    public static async Task<HttpResponseData> Bytes(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", "put")] HttpRequestData request, FunctionContext context)
    {
        var response = request.CreateResponse(HttpStatusCode.OK);
        response.Headers.Add("Content-Type", "application/octet-stream");
        response.Headers.Add("X-Url", request.Url.AbsoluteUri);
        response.Headers.Add("X-Sent", request.Headers.TryGetValues("X-Sent", out var sent) ? string.Join('|', sent) : "nothing");
        await request.Body.CopyToAsync(response.Body, context.CancellationToken);
        return response;
    }

    [Function("Empty")]
    public static HttpResponseData Empty(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "empty/{status:int}")] HttpRequestData request, int status) =>
        request.CreateResponse((HttpStatusCode)status);

    [Function("Fails")]
    public static HttpResponseData Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequestData request) =>
        throw new InvalidOperationException("secret reason " + request.Method);

    [Function("Start")]
    public static async Task<HttpResponseData> Start(
        [HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequestData request, [DurableClient] DurableTaskClient client)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Orchestrations.Quick), request.Query["input"], CancellationToken.None);
        return await client.CreateCheckStatusResponseAsync(request, id);
    }

    [Function("Payload")]
    public static async Task<HttpResponseData> Payload(
        [HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequestData request, [DurableClient] DurableTaskClient client)
    {
        var response = request.CreateResponse(HttpStatusCode.OK);
        await response.WriteAsJsonAsync(client.CreateHttpManagementPayload("full1"));
        return response;
    }

    [Function("CheckStatus")]
    public static Task<HttpResponseData> CheckStatus(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequestData request, [DurableClient] DurableTaskClient client) =>
        client.CreateCheckStatusResponseAsync(request, "full1");
}
