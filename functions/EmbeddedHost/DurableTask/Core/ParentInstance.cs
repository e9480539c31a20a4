namespace DurableTask.Core;

/// <summary>The orchestration that called another.</summary>
public class ParentInstance
{
    /// <summary>Its orchestrator's name.</summary>
    public string? Name { get; init; }

    /// <summary>Which instance it is.</summary>
    public OrchestrationInstance? OrchestrationInstance { get; init; }

    /// <summary>The number of its request.</summary>
    public int TaskScheduleId { get; init; }
}

/// <summary>One execution of an instance.</summary>
public class OrchestrationInstance
{
    /// <summary>The instance's id.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Tells this execution from an earlier or later one of the same id.</summary>
    public string? ExecutionId { get; init; }
}
