using System.Text.Json;
using DurableTask.Core.Exceptions;
using EmbeddedHost.Engine;
using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>The calls that start an instance.</summary>
internal sealed class StartCalls(DurableRuntime runtime, ManagementLinks links, Waits waits)
{
    private const string RetryAfterSeconds = "10";

    private readonly DurableTaskClient _client = runtime.Client;

    public async Task StartAsync(HttpContext context)
    {
        var function = context.GetRouteValue("function")!.ToString()!;
        var id = context.Request.InstanceId();
        if (InstanceIds.Problem(id) is { } problem)
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        if (!runtime.Functions.OrchestratorNames.Contains(function, StringComparer.OrdinalIgnoreCase))
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, UnknownFunction(function));
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

        try
        {
            id = await _client.ScheduleNewOrchestrationInstanceAsync(function, input.ToPayload(), new StartOrchestrationOptions(id), CancellationToken.None);
        }
        catch (PayloadTooLargeException exception)
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, exception.Message);
            return;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            var status = (await _client.GetInstanceAsync(id))?.RuntimeStatus ?? OrchestrationRuntimeStatus.Running;
            await HostAnswer.WriteErrorAsync(
                context, StatusCodes.Status409Conflict, $"An Orchestration instance with the status {status} already exists.");
            return;
        }

        if (context.Request.Positive("timeout") is { } timeout && context.Request.Positive("pollingInterval") is not null
            && await waits.ForEndAsync(_client, id, TimeSpan.FromSeconds(timeout), context.RequestAborted) is { } ended)
        {
            await (ended.RuntimeStatus is OrchestrationRuntimeStatus.Completed
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
            id = await _client.RestartAsync(context.Request.InstanceId(), context.Request.Flag("restartWithNewInstanceId", fallback: true));
        }
        catch (ArgumentException)
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, "InstanceId does not match a valid orchestration instance.");
            return;
        }
        catch (InvalidOperationException exception)
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status409Conflict, exception.Message);
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

    private string UnknownFunction(string function) =>
        $"The function '{function}' doesn't exist, is disabled, or is not an orchestrator function. Additional info: "
        + $"The following are the known orchestrator functions: {string.Join(", ", runtime.Functions.OrchestratorNames.Select(name => $"'{name}'"))}.";
}
