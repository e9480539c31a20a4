using System.Text.Json;
using DurableTask.Core;
using EmbeddedHost.Worker;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Http.Management;

/// <summary>The calls that start an instance.</summary>
internal sealed class StartCalls(ManagedHub hub, ManagementLinks links, Waits waits)
{
    private const string RetryAfterSeconds = "10";

    public async Task StartAsync(HttpContext context)
    {
        var function = context.GetRouteValue("function")!.ToString()!;
        if (!hub.OrchestratorNames().Contains(function, StringComparer.OrdinalIgnoreCase))
        {
            await HostAnswer.WriteErrorAsync(
                context, StatusCodes.Status400BadRequest, UnknownFunction.Message("orchestrator", function, hub.OrchestratorNames()));
            return;
        }

        JsonElement input;
        try
        {
            input = await context.Request.ReadJsonAsync();
        }
        catch (JsonException exception)
        {
            await InvalidJson.WriteAsync(context, exception);
            return;
        }

        string id = context.Request.InstanceId();
        try
        {
            id = await hub.Starts.StartAsync(new P.CreateInstanceRequest { Name = function, InstanceId = id, Input = input.ToPayload() });
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.InvalidArgument)
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, refusal.Status.Detail);
            return;
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.AlreadyExists)
        {
            var status = (await hub.Store.GetOrchestrationStateAsync(id, null))?.OrchestrationStatus ?? OrchestrationStatus.Running;
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status409Conflict, $"An Orchestration instance with the status {status} already exists.");
            return;
        }

        if (context.Request.Positive("timeout") is { } timeout && context.Request.Positive("pollingInterval") is not null
            && await waits.ForEndAsync(hub.Store, id, TimeSpan.FromSeconds(timeout), context.RequestAborted) is { } ended)
        {
            await (ended.OrchestrationStatus is OrchestrationStatus.Completed
                ? HostAnswer.WriteJsonAsync(context, StatusCodes.Status200OK, writer => StatusJson.WriteOutput(writer, ended))
                : StatusCalls.WriteAsync(context, ended, history: null));
            return;
        }

        await WriteStartedAsync(context, id);
    }

    public async Task RestartAsync(HttpContext context)
    {
        string id;
        try
        {
            id = await hub.Starts.RestartAsync(context.Request.InstanceId(), context.Request.Flag("restartWithNewInstanceId", fallback: true));
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.NotFound)
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, "InstanceId does not match a valid orchestration instance.");
            return;
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.FailedPrecondition)
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status409Conflict, "A non-terminal instance with this instance ID already exists.");
            return;
        }

        await WriteStartedAsync(context, id);
    }

    private Task WriteStartedAsync(HttpContext context, string id)
    {
        var urls = links.ToStartAnswer(id, links.HostUrl ?? new Uri(context.Request.GetEncodedUrl()));
        context.Response.Headers.Location = urls[0].Url;
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return HostAnswer.WriteJsonAsync(
            context,
            StatusCodes.Status202Accepted,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("id", id);
                foreach (var (name, url) in urls)
                {
                    writer.WriteString(name, url);
                }

                writer.WriteEndObject();
            });
    }
}
