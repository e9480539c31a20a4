using DurableTask.Core.History;

namespace SpotifyEtl.Local.Monitor.Timeline;

/// <summary>Makes the rows of a Gantt chart of an orchestration's history.</summary>
internal sealed class TimelineReader
{
    private readonly Dictionary<int, Call> _calls = [];
    private readonly List<Call> _inOrder = [];

    private TimelineReader()
    {
    }

    /// <summary>The steps in the order in which they were first asked for.</summary>
    public static IReadOnlyList<TimelineStep> Read(IEnumerable<HistoryEvent> history)
    {
        TimelineReader reader = new();
        foreach (var happened in history)
        {
            reader.Add(happened);
        }

        return reader.Steps();
    }

    private void Add(HistoryEvent happened)
    {
        switch (happened)
        {
            case TaskScheduledEvent asked:
                Begin(asked, new Call(asked.Name ?? string.Empty, StepSubject.Of(asked.Input), StepKind.Activity, PartId: null));
                break;
            case SubOrchestrationInstanceCreatedEvent asked:
                Begin(asked, new Call(asked.Name ?? string.Empty, StepSubject.Of(asked.Input), StepKind.SubOrchestration, asked.InstanceId));
                break;
            case TimerCreatedEvent asked:
                Begin(asked, new Call("Timer", string.Empty, StepKind.Timer, PartId: null));
                break;
            case TaskCompletedEvent answer:
                End(answer, answer.TaskScheduledId, BarState.Done);
                break;
            case TaskFailedEvent answer:
                End(answer, answer.TaskScheduledId, BarState.Failed);
                break;
            case SubOrchestrationInstanceCompletedEvent answer:
                End(answer, answer.TaskScheduledId, BarState.Done);
                break;
            case SubOrchestrationInstanceFailedEvent answer:
                End(answer, answer.TaskScheduledId, BarState.Failed);
                break;
            case TimerFiredEvent answer:
                End(answer, answer.TimerId, BarState.Done);
                break;
            case ExecutionCompletedEvent or ExecutionTerminatedEvent:
                foreach (var call in _inOrder.Where(call => call.State is BarState.Running))
                {
                    (call.End, call.State) = (Time(happened), BarState.Abandoned);
                }

                break;
            default:
                break;
        }
    }

    private void Begin(HistoryEvent asked, Call call)
    {
        call.Start = Time(asked);
        _calls[asked.EventId] = call;
        _inOrder.Add(call);
    }

    private void End(HistoryEvent answer, int number, BarState state)
    {
        if (_calls.TryGetValue(number, out var call))
        {
            (call.End, call.State) = (Time(answer), state);
        }
    }

    private List<TimelineStep> Steps() =>
    [
        .. _inOrder
            .GroupBy(call => (call.Name, call.Subject, call.Kind, call.PartId))
            .Select(calls => new TimelineStep(
                calls.Key.Name,
                calls.Key.Subject,
                calls.Key.Kind,
                [.. calls.Select(call => new TimelineBar(call.Start, call.End, call.State))], calls.Key.PartId)),
    ];

    private static DateTimeOffset Time(HistoryEvent happened) => new(DateTime.SpecifyKind(happened.Timestamp, DateTimeKind.Utc));

    private sealed record Call(string Name, string Subject, StepKind Kind, string? PartId)
    {
        public DateTimeOffset Start { get; set; }

        public DateTimeOffset? End { get; set; }

        public BarState State { get; set; }
    }
}
