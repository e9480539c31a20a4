namespace EmbeddedHost.Search;

/// <summary>What instances can be ordered by.</summary>
public enum InstanceOrder
{
    /// <summary>When they were created.</summary>
    CreatedAt,

    /// <summary>The time from their creation to their last step.</summary>
    Duration,

    /// <summary>The id, by its characters' codes.</summary>
    InstanceId,

    /// <summary>The status, by its name.</summary>
    Status,
}
