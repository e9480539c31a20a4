using System.Text;
using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace EmbeddedHost.Http.Management;

/// <summary>The calls that show instances.</summary>
internal sealed class StatusCalls(ManagedHub hub)
{
    private const int DefaultPageSize = 100;
    private const string RetryAfterSeconds = "5";
    private const string TokenHeader = "x-ms-continuation-token";

    public async Task GetAsync(HttpContext context)
    {
        var id = context.Request.InstanceId();
        if (await hub.Store.GetOrchestrationStateAsync(id, null) is not { } instance)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var history = context.Request.Flag("showHistory") ? new HistoryFolding(await hub.Store.ReadHistoryAsync(id, context.RequestAborted)) : null;
        await WriteAsync(context, await WithReasonAsync(instance, context.RequestAborted), history);
    }

    /// <summary>Answers with an instance: 202 while it lives, 200 when it has ended, 500 for a failed one if the caller asks for that.</summary>
    public static Task WriteAsync(HttpContext context, OrchestrationState instance, HistoryFolding? history)
    {
        var request = context.Request;
        if (!instance.HasEnded())
        {
            context.Response.Headers.Location = request.GetEncodedUrl();
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        var status = instance.OrchestrationStatus switch
        {
            _ when !instance.HasEnded() => StatusCodes.Status202Accepted,
            OrchestrationStatus.Failed when request.Flag("returnInternalServerErrorOnFailure") => StatusCodes.Status500InternalServerError,
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
        OrchestrationQuery query = new()
        {
            CreatedTimeFrom = from?.UtcDateTime,
            CreatedTimeTo = to?.UtcDateTime,
            RuntimeStatus = request.TryStatuses(out var statuses) && statuses.Count > 0 ? [.. statuses] : null,
            InstanceIdPrefix = request.Value("instanceIdPrefix"),
            PageSize = request.Positive("top") ?? DefaultPageSize,
            ContinuationToken = token,
            FetchInputsAndOutputs = true,
        };
        var page = await hub.Store.GetOrchestrationWithQueryAsync(query, context.RequestAborted);
        if (page.ContinuationToken is { } next)
        {
            context.Response.Headers[TokenHeader] = Convert.ToBase64String(Encoding.UTF8.GetBytes(next));
        }

        List<OrchestrationState> shown = [];
        foreach (var instance in page.OrchestrationState)
        {
            shown.Add(await WithReasonAsync(instance, context.RequestAborted));
        }

        await HostAnswer.WriteJsonAsync(context, StatusCodes.Status200OK, writer => WriteArray(writer, shown, request.Flag("showInput", fallback: true)));
    }

    // A suspended instance shows why in place of an output.
    private async Task<OrchestrationState> WithReasonAsync(OrchestrationState instance, CancellationToken cancellationToken)
    {
        if (instance.OrchestrationStatus is OrchestrationStatus.Suspended)
        {
            var history = await hub.Store.ReadHistoryAsync(instance.OrchestrationInstance.InstanceId, cancellationToken);
            instance.Output = JsonSerializer.Serialize(history.OfType<ExecutionSuspendedEvent>().LastOrDefault()?.Reason);
        }

        return instance;
    }

    private static void WriteArray(Utf8JsonWriter writer, IEnumerable<OrchestrationState> instances, bool showInput)
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
