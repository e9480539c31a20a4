namespace EmbeddedHost.Timers;

/// <summary>Tells when the app's timer functions ran and run next.</summary>
public interface ITimerSchedules
{
    /// <summary>The timer functions of the running host, in order of name; none before it has started or when its timers are off.</summary>
    IReadOnlyList<ScheduledFunction> List();
}
