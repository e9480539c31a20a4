namespace Microsoft.Azure.Functions.Worker;

/// <summary>Why a timer function runs now.</summary>
public class TimerInfo
{
    /// <summary>The schedule's record from before this run; null for a schedule that is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether the due time went by while the host could not run the function.</summary>
    public bool IsPastDue { get; set; }
}
