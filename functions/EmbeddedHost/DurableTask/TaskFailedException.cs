namespace Microsoft.DurableTask;

/// <summary>Thrown in an orchestrator by the await of an activity or sub-orchestration that failed.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>A failure with its details.</summary>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base($"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {failureDetails?.ErrorMessage}")
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails!;
    }

    /// <summary>A failure with its exception.</summary>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base($"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {innerException?.Message}", innerException)
    {
        ArgumentNullException.ThrowIfNull(innerException);
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException);
    }

    /// <summary>The activity or orchestrator that failed.</summary>
    public string TaskName { get; }

    /// <summary>The number of the call within its orchestration, from 0, timers counted too.</summary>
    public int TaskId { get; }

    /// <summary>The type name and message of what went wrong.</summary>
    public TaskFailureDetails FailureDetails { get; }

    /// <summary>Whether the failure was an exception of exactly type <typeparamref name="T"/>.</summary>
    [Obsolete("Use the FailureDetails property and its IsCausedBy<T>() method")]
    public bool IsCausedByException<T>()
        where T : Exception => string.Equals(FailureDetails.ErrorType, typeof(T).FullName, StringComparison.Ordinal);
}
