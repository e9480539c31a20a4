using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Instances;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Triggers;

/// <summary>GET /api/runs: the runs of this task hub, the newest first; <c>status</c> and <c>top</c> narrow them.</summary>
public sealed class ListRuns
{
    private const int DefaultTop = 100;
    private const int MaxTop = 1000;

    [Function(nameof(ListRuns))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!TryRead(request.Query, out var statuses, out var top, out var error))
        {
            return new BadRequestObjectResult(new ErrorAnswer(error));
        }

        PriorityQueue<RunSummary, (DateTimeOffset, string)> newest = new(NewestLast);
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: statuses)).WithCancellation(cancellationToken))
        {
            if (RunInstances.IsRun(instance))
            {
                newest.Enqueue(RunSummary.Of(instance), (instance.CreatedAt, instance.InstanceId));
                if (newest.Count > top)
                {
                    newest.Dequeue();
                }
            }
        }

        return new OkObjectResult(newest.UnorderedItems.OrderByDescending(item => item.Priority, NewestLast).Select(item => item.Element));
    }

    private static Comparer<(DateTimeOffset CreatedAt, string RunId)> NewestLast { get; } = Comparer<(DateTimeOffset CreatedAt, string RunId)>.Create((a, b) =>
        a.CreatedAt != b.CreatedAt ? a.CreatedAt.CompareTo(b.CreatedAt) : string.CompareOrdinal(a.RunId, b.RunId));

    private static bool TryRead(IQueryCollection query, out List<OrchestrationRuntimeStatus>? statuses, out int top, out string error)
    {
        statuses = null;
        top = DefaultTop;
        error = string.Empty;
        const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var text in query["status"].SelectMany(value => (value ?? string.Empty).Split(',', Trimmed)))
        {
            if (!Enum.TryParse<RunStatus>(text, ignoreCase: true, out var status) || !RunInstances.Statuses.Contains(status))
            {
                error = $"status is '{text}'; it must be one or several, separated by commas, of {string.Join(", ", RunInstances.Statuses)}.";
                return false;
            }

            (statuses ??= []).AddRange(RunInstances.InstancesOf(status));
        }

        if (query["top"].ToString() is { Length: > 0 } number
            && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out top) && top is > 0 and <= MaxTop))
        {
            error = $"top is '{number}'; it must be a number from 1 to {MaxTop}.";
            return false;
        }

        return true;
    }
}
