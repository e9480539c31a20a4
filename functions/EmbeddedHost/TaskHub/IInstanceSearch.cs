using DurableTask.Sqlite;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.TaskHub;

/// <summary>
/// Finds instances as a run monitor lists them: by the orchestrator's name and parts of ids, in the order asked for, from any place of the
/// list on. The client's own query knows none of this and pages in order of id. A singleton among the host's services.
/// </summary>
public interface IInstanceSearch
{
    /// <summary>One page of the instances that fit, and how many fit in all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The filter skips or takes less than nothing.</exception>
    Task<(IReadOnlyList<OrchestrationMetadata> Instances, int Total)> FindAsync(InstanceFilter filter, CancellationToken cancellationToken);
}
