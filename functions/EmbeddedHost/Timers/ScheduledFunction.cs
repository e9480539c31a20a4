namespace EmbeddedHost.Timers;

/// <summary>A timer function and its due times.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Schedule">The schedule's text, settings filled in.</param>
/// <param name="Last">When it was last started on this schedule; null: never, as far as is known.</param>
/// <param name="Next">When it is due next. In the past while a run outlasts its interval.</param>
/// <param name="IsRunning">Whether it runs now.</param>
public sealed record ScheduledFunction(string Name, string Schedule, DateTimeOffset? Last, DateTimeOffset Next, bool IsRunning);
