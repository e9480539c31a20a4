namespace EmbeddedHost.Engine;

/// <summary>An activity that a committed step of an instance asked for.</summary>
internal sealed record ActivityWork(OrchestrationInstance Instance, int TaskId, string Name, string Version, string? Input)
{
    public string InstanceId => Instance.InstanceId;

    public string ExecutionId => Instance.ExecutionId;
}
