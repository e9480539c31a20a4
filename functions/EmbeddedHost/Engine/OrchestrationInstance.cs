using EmbeddedHost.Tracing;
using Microsoft.DurableTask;

namespace EmbeddedHost.Engine;

/// <summary>What does not change while one execution of an instance lasts.</summary>
/// <param name="InstanceId">The id its clients know.</param>
/// <param name="ExecutionId">Tells this execution from an earlier or later one of the same id: answers to another execution are dropped.</param>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="Version">The orchestrator's version, or empty.</param>
/// <param name="Input">The input's text.</param>
/// <param name="Parent">The request of another orchestration that it answers, or null.</param>
/// <param name="StartAt">Not to be started before this time (UTC), or null.</param>
/// <param name="Tags">The tags' JSON, or null.</param>
internal sealed record OrchestrationInstance(
    string InstanceId, string ExecutionId, string Name, string Version, string? Input, ParentRequest? Parent, DateTime? StartAt, string? Tags)
{
    /// <summary>The trace context it was started in, or null when it is not traced.</summary>
    public InstanceTrace? Trace { get; init; }
}

/// <summary>The request of an orchestration that a sub-orchestration answers.</summary>
internal sealed record ParentRequest(string InstanceId, string ExecutionId, string Name, int TaskId)
{
    public ParentOrchestrationInstance ToPublic() => new(Name, InstanceId);
}
