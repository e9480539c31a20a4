namespace Microsoft.DurableTask;

/// <summary>Names the orchestrator or activity that a class is.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DurableTaskAttribute(string? name = null) : Attribute
{
    /// <summary>The name; empty: the class's.</summary>
    public TaskName Name { get; } = new(name!);

    /// <summary>The version; null: none.</summary>
    public string? Version { get; set; }
}
