namespace DurableTask.Core;

/// <summary>What an orchestration does, as its history says it.</summary>
public enum OrchestrationStatus
{
    /// <summary>It has begun and not ended.</summary>
    Running,

    /// <summary>It ended with a result.</summary>
    Completed,

    /// <summary>It began anew.</summary>
    ContinuedAsNew,

    /// <summary>It ended with an exception.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Canceled,

    /// <summary>It was ended from outside.</summary>
    Terminated,

    /// <summary>It has not begun yet.</summary>
    Pending,

    /// <summary>It is held until it is resumed.</summary>
    Suspended,
}
