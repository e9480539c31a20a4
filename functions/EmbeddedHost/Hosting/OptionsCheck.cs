namespace EmbeddedHost.Hosting;

internal static class OptionsCheck
{
    /// <summary>The longest time that timers take, in whole days.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(49);

    /// <exception cref="HostConfigurationException">An option is not allowed.</exception>
    public static void Require(EmbeddedHostOptions options)
    {
        RequireTime(nameof(options.OrchestratorTimeLimit), options.OrchestratorTimeLimit);
        RequireTime(nameof(options.WorkerStartTimeLimit), options.WorkerStartTimeLimit);
    }

    private static void RequireTime(string name, TimeSpan value)
    {
        if ((value <= TimeSpan.Zero && value != Timeout.InfiniteTimeSpan) || value > LongestTime)
        {
            throw new HostConfigurationException(
                $"EmbeddedHost__{name} is {value}; it must be a time above zero such as 00:01:00, at most {LongestTime.TotalDays} days, "
                + "or -00:00:00.001 for no limit.");
        }
    }
}
