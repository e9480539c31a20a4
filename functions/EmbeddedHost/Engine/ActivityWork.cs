namespace EmbeddedHost.Engine;

/// <summary>An activity that a committed step asked for.</summary>
internal sealed record ActivityWork(string InstanceId, string ExecutionId, int TaskId, string Name, string Version, string? Input);
