namespace Microsoft.DurableTask;

/// <summary>How an orchestrator calls an activity or a sub-orchestrator.</summary>
public record TaskOptions
{
    /// <summary>Calls with these retry options.</summary>
    public TaskOptions(TaskRetryOptions? retry) => Retry = retry;

    /// <summary>Calls with these retry options and tags.</summary>
    public TaskOptions(TaskRetryOptions? retry = null, IDictionary<string, string>? tags = null)
    {
        Retry = retry;
        Tags = tags;
    }

    /// <summary>Copies options.</summary>
    public TaskOptions(TaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Retry = options.Retry;
        Tags = options.Tags;
        Version = options.Version;
    }

    /// <summary>How failed attempts are repeated; null: they are not.</summary>
    public TaskRetryOptions? Retry { get; init; }

    /// <summary>Tags of the call.</summary>
    public IDictionary<string, string>? Tags { get; init; }

    /// <summary>The version to call; null: for an activity the calling instance's, for a sub-orchestration the host's default version.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>Options that retry by a policy.</summary>
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(new TaskRetryOptions(policy));

    /// <summary>Options that retry as a handler says.</summary>
    public static TaskOptions FromRetryHandler(RetryHandler handler) => new(TaskRetryOptions.FromRetryHandler(handler));

    /// <summary>Options that retry as an asynchronous handler says.</summary>
    public static TaskOptions FromRetryHandler(AsyncRetryHandler handler) => new(TaskRetryOptions.FromRetryHandler(handler));

    /// <summary>These options with the id that the sub-orchestration shall have.</summary>
    public SubOrchestrationOptions WithInstanceId(string instanceId) => new(this, instanceId);
}
