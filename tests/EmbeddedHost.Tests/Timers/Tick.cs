namespace EmbeddedHost.Tests.Timers;

/// <summary>One start of a timer function, as it saw it.</summary>
/// <param name="At">The clock's time.</param>
/// <param name="Due">ScheduleStatus.Next; null for a schedule that is not monitored.</param>
/// <param name="Last">ScheduleStatus.Last.</param>
/// <param name="IsPastDue">TimerInfo.IsPastDue.</param>
public sealed record Tick(DateTime At, DateTime? Due, DateTime? Last, bool IsPastDue);
