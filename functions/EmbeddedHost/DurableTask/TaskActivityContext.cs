namespace Microsoft.DurableTask;

/// <summary>What an activity may know of the call it answers.</summary>
public abstract class TaskActivityContext
{
    /// <summary>The activity's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The id of the orchestration that calls.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The version it was called with; empty where there is none.</summary>
    public virtual string Version => string.Empty;
}
