namespace Microsoft.DurableTask.Entities;

/// <summary>What an orchestrator may do with entities: nothing here, since the embedded host has none.</summary>
public abstract class TaskOrchestrationEntityFeature
{
    internal const string NotOffered =
        "Durable entities are not offered: the embedded host has none; they work on the Azure host. Keep the state in an orchestration that waits for events.";
}
