namespace Microsoft.DurableTask;

/// <summary>How an orchestrator calls a sub-orchestrator.</summary>
public record SubOrchestrationOptions : TaskOptions
{
    /// <summary>Calls with these retry options and this instance id.</summary>
    public SubOrchestrationOptions(TaskRetryOptions? retry = null, string? instanceId = null)
        : base(retry) => InstanceId = instanceId;

    /// <summary>Calls with these options and this instance id.</summary>
    public SubOrchestrationOptions(TaskOptions options, string? instanceId = null)
        : base(options) => InstanceId = instanceId ?? (options as SubOrchestrationOptions)?.InstanceId;

    /// <summary>Copies options.</summary>
    public SubOrchestrationOptions(SubOrchestrationOptions options)
        : base(options) => InstanceId = options.InstanceId;

    /// <summary>The sub-orchestration's id; null: a new one, the same on every replay.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The version to start; null: the host's default version.</summary>
    public new TaskVersion? Version
    {
        get => base.Version;
        init => base.Version = value;
    }
}
