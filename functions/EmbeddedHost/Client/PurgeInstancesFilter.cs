namespace Microsoft.DurableTask.Client;

/// <summary>Which ended instances to purge. What is null does not restrict; instances that have not ended are never purged.</summary>
/// <param name="CreatedFrom">Created at this time or later.</param>
/// <param name="CreatedTo">Created at this time or earlier.</param>
/// <param name="Statuses">In one of these statuses.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>How long to purge at most; what is left then is for another call. Null: until all are gone.</summary>
    public TimeSpan? Timeout { get; init; }
}
