using Microsoft.DurableTask;

namespace EmbeddedHost.Engine;

/// <summary>When a retry policy tries again.</summary>
internal static class RetryWait
{
    // Far off, and yet a time that can be reckoned with from today.
    private static readonly TimeSpan s_endless = TimeSpan.FromDays(365_000);

    /// <summary>The wait before the next attempt, or null when there is none.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="failure">The last failure.</param>
    /// <param name="attempts">Attempts made so far, at least one.</param>
    /// <param name="elapsed">Time since the first attempt.</param>
    public static TimeSpan? Next(RetryPolicy policy, TaskFailureDetails failure, int attempts, TimeSpan elapsed)
    {
        if (attempts >= policy.MaxNumberOfAttempts || !policy.HandleFailure(failure))
        {
            return null;
        }

        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout)
        {
            return null;
        }

        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? s_endless : policy.MaxRetryInterval;
        var seconds = policy.FirstRetryInterval.TotalSeconds * Math.Pow(policy.BackoffCoefficient, attempts - 1);
        return seconds >= longest.TotalSeconds ? longest : TimeSpan.FromSeconds(seconds);
    }
}
