using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Search;

/// <summary>Which instances are asked for, in which order.</summary>
public sealed record InstanceFilter
{
    /// <summary>The orchestrator's name; case does not matter.</summary>
    public required string Name { get; init; }

    /// <summary>The statuses; none: all.</summary>
    public IReadOnlyCollection<OrchestrationRuntimeStatus> Statuses { get; init; } = [];

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

    /// <summary>How many to give at most.</summary>
    public int Take { get; init; } = 50;
}
