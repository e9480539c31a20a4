using DurableTask.Core;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Http.Management;

/// <summary>The calls that remove ended instances. What they do not understand they refuse: a filter that is dropped would remove more.</summary>
internal sealed class PurgeCalls(ManagedHub hub)
{
    private static readonly OrchestrationStatus[] s_ended =
    [
        OrchestrationStatus.Completed,
        OrchestrationStatus.Failed,
        OrchestrationStatus.Terminated,
        OrchestrationStatus.Canceled,
    ];

    public async Task PurgeOneAsync(HttpContext context)
    {
        try
        {
            P.PurgeInstancesRequest purge = new() { InstanceId = context.Request.InstanceId() };
            await WriteAsync(context, await hub.Commands.PurgeAsync(purge, context.RequestAborted));
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.FailedPrecondition)
        {
            await HostAnswer.WriteTextAsync(context, StatusCodes.Status412PreconditionFailed, refusal.Status.Detail);
        }
    }

    public async Task PurgeManyAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.TryTime("createdTimeFrom", out var from) || from is null)
        {
            await HostAnswer.WriteTextAsync(context, StatusCodes.Status400BadRequest, "Please provide value for 'createdTimeFrom' parameter.");
            return;
        }

        if (Refusal(request, out var to, out var statuses) is { } refusal)
        {
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, refusal);
            return;
        }

        PurgeInstanceFilter filter = new(from.Value.UtcDateTime, to?.UtcDateTime, statuses.Count > 0 ? statuses : s_ended);
        await WriteAsync(context, await hub.Store.PurgeInstancesAsync(filter, recursive: false));
    }

    private static string? Refusal(HttpRequest request, out DateTimeOffset? to, out IReadOnlyList<OrchestrationStatus> statuses)
    {
        var isStatuses = request.TryStatuses(out statuses);
        if (!request.TryTime("createdTimeTo", out to))
        {
            return $"createdTimeTo is '{request.Value("createdTimeTo")}'; it must be a time such as 2026-01-31T00:00:00Z.";
        }

        if (!isStatuses || statuses.Any(status => !s_ended.Contains(status)))
        {
            return $"runtimeStatus is '{request.Query["runtimeStatus"]}'; a purge takes Completed, Failed, Terminated and Canceled, separated by commas.";
        }

        return request.Value("instanceIdPrefix") is null
            ? null
            : "A purge does not take instanceIdPrefix: it would remove the instances with other ids too.";
    }

    private static Task WriteAsync(HttpContext context, PurgeResult result)
    {
        if (result.DeletedInstanceCount == 0)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return HostAnswer.WriteJsonAsync(
            context,
            StatusCodes.Status200OK,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("instancesDeleted", result.DeletedInstanceCount);
                writer.WriteEndObject();
            });
    }
}
