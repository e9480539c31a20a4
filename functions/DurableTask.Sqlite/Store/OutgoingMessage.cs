using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.Events;

namespace DurableTask.Sqlite.Store;

/// <summary>A message with its text, which is made outside of the writing thread.</summary>
internal readonly record struct OutgoingMessage(TaskMessage Message, string Json)
{
    /// <summary>When it is due, in ticks (UTC).</summary>
    public long VisibleAt => Message.Event switch
    {
        TimerFiredEvent timer => Ticks.Of(timer.FireAt),
        ExecutionStartedEvent { ScheduledStartTime: { } scheduled } => Ticks.Of(scheduled),
        _ => 0,
    };

    public static OutgoingMessage Of(TaskMessage message) => new(message, EventJson.WriteMessage(message));
}
