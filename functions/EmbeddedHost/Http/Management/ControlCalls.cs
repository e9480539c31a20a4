using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EmbeddedHost.Http.Management;

/// <summary>The calls that steer an instance.</summary>
internal sealed class ControlCalls(ManagedHub hub)
{
    public async Task RaiseEventAsync(HttpContext context)
    {
        var id = context.Request.InstanceId();
        if (await hub.Store.GetOrchestrationStateAsync(id, null) is not { } instance)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (instance.HasEnded())
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
        await SteerAsync(context, () => hub.Commands.RaiseEventAsync(id, name, payload.ToPayload()));
    }

    public Task TerminateAsync(HttpContext context) =>
        SteerAsync(context, () => hub.Commands.TerminateAsync(context.Request.InstanceId(), Reason(context), recursive: false, context.RequestAborted));

    public Task SuspendAsync(HttpContext context) => SteerAsync(context, () => hub.Commands.SuspendAsync(context.Request.InstanceId(), Reason(context)));

    public Task ResumeAsync(HttpContext context) => SteerAsync(context, () => hub.Commands.ResumeAsync(context.Request.InstanceId(), Reason(context)));

    public async Task RewindAsync(HttpContext context)
    {
        var id = context.Request.InstanceId();
        try
        {
            await hub.Commands.RewindAsync(id, Reason(context));
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.NotFound)
        {
            // The dollar sign is the real host's.
            await HostAnswer.WriteTextAsync(context, StatusCodes.Status404NotFound, $"No orchestration with instance ID \"${id}\" found.");
            return;
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.FailedPrecondition)
        {
            var status = (await hub.Store.GetOrchestrationStateAsync(id, null))?.OrchestrationStatus;
            await HostAnswer.WriteTextAsync(
                context,
                StatusCodes.Status412PreconditionFailed,
                $"This orchestration has status {status}, but only orchestrations in the \"Failed\" state can be rewound.");
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static string? Reason(HttpContext context) => context.Request.Value("reason");

    private async Task SteerAsync(HttpContext context, Func<Task> steer)
    {
        try
        {
            await steer();
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.NotFound)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.FailedPrecondition)
        {
            await WriteWrongStateAsync(context, refusal.Status.Detail);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    // To hold what is held already, or let go what is not, is a failure of the call in Azure too: a 500 that says so.
    private async Task WriteWrongStateAsync(HttpContext context, string message)
    {
        if (await hub.Store.GetOrchestrationStateAsync(context.Request.InstanceId(), null) is { } instance && !instance.HasEnded())
        {
            // Over gRPC the message begins with its exception's type.
            await HostAnswer.WriteErrorAsync(
                context,
                StatusCodes.Status500InternalServerError,
                message[(message.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var end ? end + 2 : 0)..]);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status410Gone;
    }

    private static bool IsJson(HttpRequest request) =>
        System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);
}
