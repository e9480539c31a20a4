using System.Text;
using System.Text.Json;
using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>The calls that show instances.</summary>
internal sealed class StatusCalls(DurableRuntime runtime)
{
    private const string RetryAfterSeconds = "5";
    private const string TokenHeader = "x-ms-continuation-token";

    public async Task GetAsync(HttpContext context)
    {
        var id = context.Request.InstanceId();
        if (await runtime.Client.GetInstanceAsync(id, getInputsAndOutputs: true, context.RequestAborted) is not { } instance)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await WriteAsync(context, instance, context.Request.Flag("showHistory") ? HistoryFolding.Of(runtime.ReadHistory(id)) : null);
    }

    /// <summary>Answers with an instance: 202 while it lives, 200 when it has ended, 500 for a failed one if the caller asks for that.</summary>
    public static Task WriteAsync(HttpContext context, OrchestrationMetadata instance, HistoryFolding? history)
    {
        var request = context.Request;
        if (!instance.IsCompleted)
        {
            context.Response.Headers.Location = request.GetEncodedUrl();
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        var status = instance.RuntimeStatus switch
        {
            _ when !instance.IsCompleted => StatusCodes.Status202Accepted,
            OrchestrationRuntimeStatus.Failed when request.Flag("returnInternalServerErrorOnFailure") => StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status200OK,
        };
        return HostAnswer.WriteJsonAsync(
            context,
            status,
            writer => StatusJson.Write(writer, instance, request.Flag("showInput", fallback: true), history, request.Flag("showHistoryOutput")));
    }

    public async Task ListAsync(HttpContext context)
    {
        var request = context.Request;
        if (!TryToken(request, out var token))
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, $"The header {TokenHeader} is not one that this host gave out.");
            return;
        }

        // What does not fit does not restrict, as in Azure.
        request.TryTime("createdTimeFrom", out var from);
        request.TryTime("createdTimeTo", out var to);
        OrchestrationQuery query = new(
            from,
            to,
            request.TryStatuses(out var statuses) ? statuses : null,
            InstanceIdPrefix: request.Value("instanceIdPrefix"),
            PageSize: request.Positive("top") ?? OrchestrationQuery.DefaultPageSize,
            FetchInputsAndOutputs: true,
            ContinuationToken: token);
        await foreach (var page in runtime.Client.GetAllInstancesAsync(query).AsPages().WithCancellation(context.RequestAborted))
        {
            if (page.ContinuationToken is { } next)
            {
                context.Response.Headers[TokenHeader] = Convert.ToBase64String(Encoding.UTF8.GetBytes(next));
            }

            await HostAnswer.WriteJsonAsync(context, StatusCodes.Status200OK, writer => WriteArray(writer, page.Values, request.Flag("showInput", fallback: true)));
            return;
        }
    }

    private static void WriteArray(Utf8JsonWriter writer, IReadOnlyList<OrchestrationMetadata> instances, bool showInput)
    {
        writer.WriteStartArray();
        foreach (var instance in instances)
        {
            StatusJson.Write(writer, instance, showInput, history: null, showHistoryOutput: false);
        }

        writer.WriteEndArray();
    }

    private static bool TryToken(HttpRequest request, out string? token)
    {
        token = null;
        var header = request.Headers[TokenHeader].ToString().Trim();
        if (header.Length == 0)
        {
            return true;
        }

        var bytes = new byte[header.Length];
        var isToken = Convert.TryFromBase64String(header, bytes, out var length);
        token = isToken ? Encoding.UTF8.GetString(bytes, 0, length) : null;
        return isToken;
    }
}
