using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Engine;

/// <summary>What a history still waits for.</summary>
/// <param name="Steps">The steps it has.</param>
/// <param name="Actions">The requests without an answer, in their order.</param>
internal sealed record Outstanding(int Steps, IReadOnlyList<ActionEvent> Actions)
{
    public static Outstanding Of(IReadOnlyList<List<HistoryEvent>> steps)
    {
        SortedDictionary<int, ActionEvent> open = [];
        foreach (var historyEvent in steps.SelectMany(step => step))
        {
            if (historyEvent is ActionEvent action)
            {
                open.Add(action.TaskId, action);
            }
            else if (historyEvent is AnswerEvent answer)
            {
                open.Remove(answer.TaskId);
            }
        }

        return new Outstanding(steps.Count, [.. open.Values]);
    }
}
