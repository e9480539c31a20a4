using DurableTask.Core;

namespace DurableTask.Sqlite.Store;

/// <summary>What a transaction brought about that queues and waiting callers have to hear of, once it is committed.</summary>
internal sealed class Postings
{
    /// <summary>Instances that are gone with their messages and activities.</summary>
    public List<long> Removed { get; } = [];

    /// <summary>Instances that have ended: what they were sent is gone.</summary>
    public List<long> Ended { get; } = [];

    /// <summary>Instances that have a new execution: what the one before was sent is gone.</summary>
    public List<(long Key, string? ExecutionId)> Renewed { get; } = [];

    /// <summary>Ids of instances that someone may be waiting for.</summary>
    public List<string> Settled { get; } = [];

    public List<Letter> Letters { get; } = [];

    /// <summary>How far the clock of durations was ahead of the system's when the letters' times were set, in ticks.</summary>
    public long ClockAhead { get; set; }

    public List<QueuedActivity> Activities { get; } = [];

    /// <summary>Messages that nobody could take.</summary>
    public List<(TaskMessage Message, string Reason)> Discarded { get; } = [];
}
