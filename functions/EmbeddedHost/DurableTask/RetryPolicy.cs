namespace Microsoft.DurableTask;

/// <summary>Repeats a failed call after growing waits. The waits are durable timers.</summary>
public class RetryPolicy
{
    /// <summary>A policy.</summary>
    /// <param name="maxNumberOfAttempts">Attempts in all, the first included.</param>
    /// <param name="firstRetryInterval">The wait before the second attempt.</param>
    /// <param name="backoffCoefficient">Each further wait is this many times the one before.</param>
    /// <param name="maxRetryInterval">The longest wait; null: one hour; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="retryTimeout">No attempt begins later than this after the first; null or <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts, TimeSpan firstRetryInterval, double backoffCoefficient = 1, TimeSpan? maxRetryInterval = null, TimeSpan? retryTimeout = null)
    {
        Require(maxNumberOfAttempts > 0, nameof(maxNumberOfAttempts), maxNumberOfAttempts, "greater than zero");
        Require(firstRetryInterval > TimeSpan.Zero, nameof(firstRetryInterval), firstRetryInterval, "greater than zero");
        Require(backoffCoefficient >= 1.0, nameof(backoffCoefficient), backoffCoefficient, "greater than or equal to 1.0");
        Require(maxRetryInterval is null || maxRetryInterval == Timeout.InfiniteTimeSpan || maxRetryInterval >= firstRetryInterval, nameof(maxRetryInterval), maxRetryInterval, "greater than or equal to the value for firstRetryInterval");
        Require(retryTimeout is null || retryTimeout == Timeout.InfiniteTimeSpan || retryTimeout >= firstRetryInterval, nameof(retryTimeout), retryTimeout, "greater than or equal to the value for firstRetryInterval");
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>Attempts in all, the first included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The wait before the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>Each further wait is this many times the one before.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest wait; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>No attempt begins later than this after the first; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Says which failures are worth another attempt; all, if not set. It is asked again on replay.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure { internal get; init; } = static _ => true;

    /// <summary>What <see cref="HandleFailure"/> says of a <see cref="TaskFailedException"/>; of another exception, what it says of its details.</summary>
    public Func<Exception, bool> Handle => exception =>
        HandleFailure(exception is TaskFailedException failure ? failure.FailureDetails : TaskFailureDetails.FromException(exception));

    /// <summary>Never called.</summary>
    [Obsolete("This functionality is not implemented. Will be removed in the future. Use TaskOptions.FromRetryHandler or HandleFailure instead.")]
    public Func<Exception, Task<bool>>? HandleAsync { get; set; }

    private static void Require(bool holds, string parameter, object? value, string rule)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(parameter, value, $"The value for {parameter} must be {rule}.");
        }
    }
}
