namespace Microsoft.Azure.Functions.Worker;

/// <summary>A schedule's record from before a run. All times are UTC.</summary>
public class ScheduleStatus
{
    /// <summary>When the run before this one started; 0001-01-01 at the first.</summary>
    public DateTime Last { get; set; }

    /// <summary>The due time of this run; in a run at the host's start that none was due for, the next one.</summary>
    public DateTime Next { get; set; }

    /// <summary>When <see cref="Last"/> was written.</summary>
    public DateTime LastUpdated { get; set; }
}
