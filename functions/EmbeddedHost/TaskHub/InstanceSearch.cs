using DurableTask.Core;
using DurableTask.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.TaskHub;

/// <summary>Searches the task hub's file, in the terms of the durable client.</summary>
internal sealed class InstanceSearch(SqliteOrchestrationService service, DataConverter converter) : IInstanceSearch
{
    private static readonly List<OrchestrationStatus> s_live = [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended];

    public async Task<(IReadOnlyList<OrchestrationMetadata> Instances, int Total)> FindAsync(InstanceFilter filter, CancellationToken cancellationToken)
    {
        var page = await service.FindInstancesAsync(filter, cancellationToken);
        return ([.. page.Instances.Select(ToMetadata)], page.Total);
    }

    /// <summary>The instances that have not ended, inputs included, in order of creation.</summary>
    public async Task<IReadOnlyList<OrchestrationMetadata>> ListLiveAsync(CancellationToken cancellationToken)
    {
        DurableTask.Core.Query.OrchestrationQuery query = new() { RuntimeStatus = s_live, FetchInputsAndOutputs = true, PageSize = int.MaxValue };
        var found = await service.GetOrchestrationWithQueryAsync(query, cancellationToken);
        return [.. found.OrchestrationState.OrderBy(state => state.CreatedTime).Select(ToMetadata)];
    }

    private OrchestrationMetadata ToMetadata(OrchestrationState state) => new(state.Name, state.OrchestrationInstance.InstanceId)
    {
        DataConverter = converter,
        CreatedAt = new DateTimeOffset(state.CreatedTime, TimeSpan.Zero),
        LastUpdatedAt = new DateTimeOffset(state.LastUpdatedTime, TimeSpan.Zero),
        RuntimeStatus = (OrchestrationRuntimeStatus)state.OrchestrationStatus,
        SerializedInput = state.Input,
        SerializedOutput = state.Output,
        SerializedCustomStatus = state.Status,
        Tags = state.Tags is null ? new Dictionary<string, string>(StringComparer.Ordinal) : new Dictionary<string, string>(state.Tags, StringComparer.Ordinal),
    };
}
