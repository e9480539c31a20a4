using System.Text.Json;
using EmbeddedHost.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>The calls that steer an instance.</summary>
internal sealed class ControlCalls(DurableTaskClient client)
{
    public async Task RaiseEventAsync(HttpContext context)
    {
        var id = context.Request.InstanceId();
        if (await client.GetInstanceAsync(id, context.RequestAborted) is not { IsCompleted: var hasEnded })
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (hasEnded)
        {
            context.Response.StatusCode = StatusCodes.Status410Gone;
            return;
        }

        if (!IsJson(context.Request))
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, "Only application/json request content is supported");
            return;
        }

        JsonElement payload;
        try
        {
            payload = await context.Request.ReadJsonAsync();
        }
        catch (JsonException exception)
        {
            await InvalidJson.WriteAsync(context, exception);
            return;
        }

        if (payload.ValueKind is JsonValueKind.Undefined)
        {
            await InvalidJson.WriteAsync(context, "The body is empty.");
            return;
        }

        var name = context.GetRouteValue("event")!.ToString()!;
        await SteerAsync(context, () => client.RaiseEventAsync(id, name, payload.ToPayload()));
    }

    public Task TerminateAsync(HttpContext context) =>
        SteerAsync(context, () => client.TerminateInstanceAsync(context.Request.InstanceId(), output: context.Request.Value("reason")));

    public Task SuspendAsync(HttpContext context) =>
        SteerAsync(context, () => client.SuspendInstanceAsync(context.Request.InstanceId(), context.Request.Value("reason")));

    public Task ResumeAsync(HttpContext context) =>
        SteerAsync(context, () => client.ResumeInstanceAsync(context.Request.InstanceId(), context.Request.Value("reason")));

    public async Task RewindAsync(HttpContext context)
    {
        var id = context.Request.InstanceId();
        try
        {
            await client.RewindInstanceAsync(id, context.Request.Value("reason") ?? string.Empty);
        }
        catch (ArgumentException)
        {
            // The dollar sign is the real host's.
            await HostAnswer.WriteTextAsync(context, StatusCodes.Status404NotFound, $"No orchestration with instance ID \"${id}\" found.");
            return;
        }
        catch (InvalidOperationException exception)
        {
            await HostAnswer.WriteTextAsync(context, StatusCodes.Status412PreconditionFailed, exception.Message);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async Task SteerAsync(HttpContext context, Func<Task> steer)
    {
        try
        {
            await steer();
        }
        catch (PayloadTooLargeException exception)
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, exception.Message);
            return;
        }
        catch (ArgumentException)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        catch (InvalidOperationException exception)
        {
            await WriteWrongStateAsync(context, exception.Message);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    // To hold what is held already, or let go what is not, is a failure of the call in Azure too: a 500 that says so.
    private async Task WriteWrongStateAsync(HttpContext context, string message)
    {
        if (await client.GetInstanceAsync(context.Request.InstanceId()) is { IsCompleted: false })
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status500InternalServerError, message);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status410Gone;
    }

    private static bool IsJson(HttpRequest request) =>
        System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);
}
