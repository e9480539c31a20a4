using EmbeddedHost.Functions;

namespace EmbeddedHost.Hosting;

/// <summary>
/// Applies functionTimeout to timer functions: one that runs past it is told to stop and counts as failed. Its schedule goes on, beside code
/// that does not heed its CancellationToken.
/// </summary>
internal static class TimerTimeLimit
{
    public static TimerFunction Apply(TimerFunction function, TimeSpan limit) =>
        limit == Timeout.InfiniteTimeSpan ? function : function with { InvokeAsync = (info, stopping) => InvokeAsync(token => function.InvokeAsync(info, token), function.Name, limit, stopping) };

    private static async Task InvokeAsync(Func<CancellationToken, Task> invoke, string name, TimeSpan limit, CancellationToken stopping)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var run = Task.Run(() => invoke(cancellation.Token), CancellationToken.None);
        try
        {
            // Real time, whatever clock the schedules follow.
            await run.WaitAsync(limit, CancellationToken.None);
            cancellation.Dispose();
        }
        catch (TimeoutException exception) when (!run.IsCompleted)
        {
            _ = cancellation.CancelAsync();
            throw new TimeoutException($"The timer function '{name}' ran for more than {limit}, the functionTimeout of host.json, and was given up.", exception);
        }
    }
}
