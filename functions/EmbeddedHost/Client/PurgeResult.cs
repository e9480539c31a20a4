namespace Microsoft.DurableTask.Client;

/// <summary>What a purge removed.</summary>
public class PurgeResult
{
    /// <summary>A purge of so many instances.</summary>
    public PurgeResult(int count)
        : this(count, isComplete: null)
    {
    }

    /// <summary>A purge of so many instances, and whether that is all of them.</summary>
    public PurgeResult(int count, bool? isComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PurgedInstanceCount = count;
        IsComplete = isComplete;
    }

    /// <summary>How many instances are gone.</summary>
    public int PurgedInstanceCount { get; }

    /// <summary>Whether the filter finds no more; null: unknown.</summary>
    public bool? IsComplete { get; }
}
