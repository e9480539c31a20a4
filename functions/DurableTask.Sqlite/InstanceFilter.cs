using DurableTask.Core;

namespace DurableTask.Sqlite;

/// <summary>Which instances are asked for, in which order.</summary>
public sealed record InstanceFilter
{
    /// <summary>The orchestration's name; case does not matter. Null: any.</summary>
    public string? Name { get; init; }

    /// <summary>The statuses; none: all.</summary>
    public IReadOnlyCollection<OrchestrationStatus> Statuses { get; init; } = [];

    /// <summary>A part of the id, taken as it stands; case does not matter. Empty: any id.</summary>
    public string IdContains { get; init; } = string.Empty;

    /// <summary>The earliest time of creation, itself included.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>The time before which they were created.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>What they are ordered by; what is equal in it, by age.</summary>
    public InstanceOrder Order { get; init; } = InstanceOrder.CreatedAt;

    /// <summary>Whether the greatest comes first. Default: true, which is the newest.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>How many of the first to pass over.</summary>
    public int Skip { get; init; }

    /// <summary>How many to give at most. Default: 50.</summary>
    public int Take { get; init; } = 50;

    /// <summary>Whether inputs, outputs and failures are read too; they may be large. Default: true.</summary>
    public bool FetchInputsAndOutputs { get; init; } = true;
}
