namespace DurableTask.Sqlite;

/// <summary>What instances can be ordered by.</summary>
public enum InstanceOrder
{
    /// <summary>When they were created.</summary>
    CreatedAt,

    /// <summary>The time from their creation to their last checkpoint.</summary>
    Duration,

    /// <summary>The id, by its characters' codes.</summary>
    InstanceId,

    /// <summary>The status, by its name.</summary>
    Status,
}
