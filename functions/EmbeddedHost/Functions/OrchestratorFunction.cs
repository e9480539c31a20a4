using Microsoft.DurableTask;

namespace EmbeddedHost.Functions;

/// <summary>An orchestrator of the app. <paramref name="InvokeAsync"/> is called within a step and runs until its first await that has to wait.</summary>
internal sealed record OrchestratorFunction(string Name, Func<TaskOrchestrationContext, Task<object?>> InvokeAsync)
{
    /// <summary>The version that it is, or empty: it serves all versions that have none of their own.</summary>
    public string Version { get; init; } = string.Empty;
}
