using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Engine;

/// <summary>What a history still waits for.</summary>
/// <param name="Steps">The steps it has.</param>
/// <param name="StartedAt">When the code was told to begin (UTC), or null when it was not.</param>
/// <param name="Actions">The requests without an answer, in their order.</param>
internal sealed record Outstanding(int Steps, DateTime? StartedAt, IReadOnlyList<ActionEvent> Actions)
{
    public static Outstanding Of(IReadOnlyList<List<HistoryEvent>> steps)
    {
        SortedDictionary<int, ActionEvent> open = [];
        DateTime? startedAt = null;
        foreach (var historyEvent in steps.SelectMany(step => step))
        {
            switch (historyEvent)
            {
                case ExecutionStarted started:
                    startedAt = started.At;
                    break;
                case ActionEvent action:
                    open.Add(action.TaskId, action);
                    break;
                case AnswerEvent answer:
                    open.Remove(answer.TaskId);
                    break;
            }
        }

        return new Outstanding(steps.Count, startedAt, [.. open.Values]);
    }
}
