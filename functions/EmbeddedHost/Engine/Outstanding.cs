using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Engine;

/// <summary>What a history still waits for.</summary>
/// <param name="Steps">The steps it has.</param>
/// <param name="HasStarted">Whether the code was told to begin.</param>
/// <param name="Actions">The requests without an answer, in their order.</param>
internal sealed record Outstanding(int Steps, bool HasStarted, IReadOnlyList<ActionEvent> Actions)
{
    public static Outstanding Of(IReadOnlyList<List<HistoryEvent>> steps)
    {
        SortedDictionary<int, ActionEvent> open = [];
        var hasStarted = false;
        foreach (var historyEvent in steps.SelectMany(step => step))
        {
            switch (historyEvent)
            {
                case ExecutionStarted:
                    hasStarted = true;
                    break;
                case ActionEvent action:
                    open.Add(action.TaskId, action);
                    break;
                case AnswerEvent answer:
                    open.Remove(answer.TaskId);
                    break;
            }
        }

        return new Outstanding(steps.Count, hasStarted, [.. open.Values]);
    }
}
