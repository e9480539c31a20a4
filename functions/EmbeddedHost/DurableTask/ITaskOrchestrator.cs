namespace Microsoft.DurableTask;

/// <summary>An orchestrator as an object. One is made for each replay.</summary>
public interface ITaskOrchestrator
{
    /// <summary>The type its input is read as.</summary>
    Type InputType { get; }

    /// <summary>The type of its result.</summary>
    Type OutputType { get; }

    /// <summary>The orchestrator's code.</summary>
    Task<object?> RunAsync(TaskOrchestrationContext context, object? input);
}
