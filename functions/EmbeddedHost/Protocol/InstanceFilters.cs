using DurableTask.Core;
using DurableTask.Core.Query;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Protocol;

internal static class InstanceFilters
{
    private const int DefaultPageSize = 100;

    public static OrchestrationQuery ToCore(this P.InstanceQuery? query) => query is null
        ? new OrchestrationQuery { FetchInputsAndOutputs = false, ExcludeEntities = true }
        : new OrchestrationQuery
        {
            RuntimeStatus = query.RuntimeStatus.Count == 0 ? null : [.. query.RuntimeStatus.Select(s => s.ToCore())],
            CreatedTimeFrom = query.CreatedTimeFrom?.ToDateTime(),
            CreatedTimeTo = query.CreatedTimeTo?.ToDateTime(),
            TaskHubNames = query.TaskHubNames.Count == 0 ? null : [.. query.TaskHubNames],
            PageSize = query.MaxInstanceCount > 0 ? query.MaxInstanceCount : DefaultPageSize,
            ContinuationToken = string.IsNullOrEmpty(query.ContinuationToken) ? null : query.ContinuationToken,
            InstanceIdPrefix = string.IsNullOrEmpty(query.InstanceIdPrefix) ? null : query.InstanceIdPrefix,
            FetchInputsAndOutputs = query.FetchInputsAndOutputs,
            ExcludeEntities = true,
        };

    /// <summary>
    /// A purge reaches ended instances only: statuses that it names and that are not an end are left out, and where it names
    /// none, every end is meant. Null where nothing is left that could be purged.
    /// </summary>
    public static PurgeInstanceFilter? ToCore(this P.PurgeInstanceFilter filter)
    {
        var named = filter.RuntimeStatus.Count == 0
            ? Enum.GetValues<OrchestrationStatus>()
            : filter.RuntimeStatus.Select(s => s.ToCore());
        OrchestrationStatus[] ended = [.. named.Where(s => !s.IsLive()).Distinct()];

        return ended.Length == 0
            ? null
            : new PurgeInstanceFilter(filter.CreatedTimeFrom?.ToDateTime() ?? DateTime.MinValue, filter.CreatedTimeTo?.ToDateTime(), ended)
            {
                Timeout = filter.Timeout?.ToTimeSpan(),
            };
    }
}
