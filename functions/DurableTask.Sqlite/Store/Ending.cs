using DurableTask.Core;
using DurableTask.Core.History;

namespace DurableTask.Sqlite.Store;

/// <summary>Ends an instance without running its code: its history says why, and whoever waits for it hears of it.</summary>
internal static class Ending
{
    /// <param name="writer">The writer.</param>
    /// <param name="key">The instance.</param>
    /// <param name="now">The time.</param>
    /// <param name="end">Adds to the history what comes before its end, and gives the end.</param>
    /// <returns>What came of it; null, and nothing is written, when the instance is not live.</returns>
    public static Postings? End(StoreWriter writer, long key, DateTime now, Func<OrchestrationRuntimeState, InstanceRow, ExecutionCompletedEvent> end)
    {
        if (writer.Find(key) is not { IsLive: true } row)
        {
            return null;
        }

        OrchestrationRuntimeState history = new(writer.ReadHistory(key));
        Add(history, new OrchestratorStartedEvent(-1), now);
        if (history.ExecutionStartedEvent is null && writer.ReadFirstMessage(key)?.Event is ExecutionStartedEvent start)
        {
            history.AddEvent(start);
        }

        var completed = end(history, row);
        Add(history, completed, now);
        Add(history, new OrchestratorCompletedEvent(-1), now);
        return Checkpoint.Of(key, history, ToParent(history, completed), now).Apply(writer, now);
    }

    private static void Add(OrchestrationRuntimeState history, HistoryEvent added, DateTime now)
    {
        added.Timestamp = now;
        history.AddEvent(added);
    }

    private static IEnumerable<TaskMessage> ToParent(OrchestrationRuntimeState history, ExecutionCompletedEvent completed) =>
        history.ParentInstance is { } parent && history.Tags?.ContainsKey(OrchestrationTags.FireAndForget) != true
            ? [new TaskMessage
            {
                OrchestrationInstance = parent.OrchestrationInstance,
                Event = new SubOrchestrationInstanceFailedEvent(-1, parent.TaskScheduleId, completed.Result, details: null, completed.FailureDetails),
            }]
            : [];
}
