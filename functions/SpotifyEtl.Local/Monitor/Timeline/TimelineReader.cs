using System.Text.Json;
using DurableTask.Core.History;
using SpotifyEtl.Orchestrators;

namespace SpotifyEtl.Local.Monitor.Timeline;

/// <summary>Makes the steps of a Gantt chart of an orchestration's history.</summary>
internal sealed class TimelineReader
{
    /// <summary>A wait that Spotify asked for.</summary>
    public const string WaitForSpotify = "Wait for Spotify";

    /// <summary>The pause after a step that failed.</summary>
    public const string WaitBeforeRetry = "Wait before another try";

    /// <summary>The pause between two looks at a crawler.</summary>
    public const string WaitForCrawl = "Wait for the crawl";

    private readonly Dictionary<int, Call> _calls = [];
    private readonly List<Call> _inOrder = [];
    private readonly List<(DateTimeOffset Until, string Subject)> _putOff = [];
    private string _orchestrator = string.Empty;
    private int _filesInBatches;

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
            case ExecutionStartedEvent started:
                _orchestrator = started.Name ?? string.Empty;
                break;
            case TaskScheduledEvent asked:
                var subject = StepSubject.Of(asked.Input);
                Begin(asked, new Call(asked.Name ?? string.Empty, subject.TextAfter(before: 0), subject.Names, StepKind.Activity, PartId: null));
                break;
            case SubOrchestrationInstanceCreatedEvent asked:
                var batch = StepSubject.Of(asked.Input);
                Begin(
                    asked,
                    new Call(asked.Name ?? string.Empty, batch.TextAfter(_filesInBatches), batch.Names, StepKind.SubOrchestration, asked.InstanceId)
                    {
                        Files = batch.Files,
                    });
                _filesInBatches += batch.Files;
                break;
            case TimerCreatedEvent asked:
                Begin(asked, WaitUntil(Utc(asked.FireAt)));
                break;
            case TaskCompletedEvent answer:
                End(answer, answer.TaskScheduledId, BarState.Done);
                NotePutOff(answer);
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
                // It was written when the timer was made.
                End(answer, answer.TimerId, BarState.Done, answer.FireAt > answer.Timestamp ? answer.FireAt : answer.Timestamp);
                break;
            case ExecutionCompletedEvent or ExecutionTerminatedEvent:
                foreach (var call in _inOrder.Where(call => call.State is BarState.Running))
                {
                    (call.End, call.State) = (Utc(happened.Timestamp), BarState.Abandoned);
                }

                break;
            default:
                break;
        }
    }

    private void Begin(HistoryEvent asked, Call call)
    {
        call.Start = Utc(asked.Timestamp);
        _calls[asked.EventId] = call;
        _inOrder.Add(call);
    }

    private void End(HistoryEvent answer, int number, BarState state, DateTime? at = null)
    {
        if (_calls.TryGetValue(number, out var call))
        {
            (call.End, call.State) = (Utc(at ?? answer.Timestamp), state);
        }
    }

    // An extraction that Spotify put off answers until when, and the run's next timer is for that time.
    private void NotePutOff(TaskCompletedEvent answer)
    {
        if (answer.Result?.Contains("\"deferredUntil\":\"", StringComparison.Ordinal) != true || !_calls.TryGetValue(answer.TaskScheduledId, out var call))
        {
            return;
        }

        try
        {
            using var result = JsonDocument.Parse(answer.Result);
            if (result.RootElement is { ValueKind: JsonValueKind.Object } outcome
                && outcome.TryGetProperty("deferredUntil", out var until)
                && until.ValueKind is JsonValueKind.String
                && until.TryGetDateTimeOffset(out var time))
            {
                _putOff.Add((time, call.Subject));
            }
        }
        catch (JsonException)
        {
            // Of an app that answers otherwise: it has put nothing off.
        }
    }

    private Call WaitUntil(DateTimeOffset time)
    {
        if (_putOff.FindIndex(put => put.Until == time) is >= 0 and var index)
        {
            var (_, subject) = _putOff[index];
            _putOff.RemoveAt(index);
            return new Call(WaitForSpotify, subject, string.Empty, StepKind.Timer, PartId: null);
        }

        var name = string.Equals(_orchestrator, nameof(RefreshCrawler), StringComparison.OrdinalIgnoreCase) ? WaitForCrawl : WaitBeforeRetry;
        return new Call(name, string.Empty, string.Empty, StepKind.Timer, PartId: null);
    }

    private List<TimelineStep> Steps() =>
    [
        .. _inOrder
            .GroupBy(call => (call.Name, call.Subject, call.Names, call.Kind, call.PartId))
            .Select(calls => new TimelineStep(
                calls.Key.Name,
                calls.Key.Subject,
                calls.Key.Kind,
                [.. calls.Select(call => new TimelineBar(call.Start, call.End, call.State))],
                calls.Key.PartId)
            {
                Names = calls.Key.Names,
                Files = calls.First().Files,
            }),
    ];

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private sealed record Call(string Name, string Subject, string Names, StepKind Kind, string? PartId)
    {
        public int Files { get; init; }

        public DateTimeOffset Start { get; set; }

        public DateTimeOffset? End { get; set; }

        public BarState State { get; set; }
    }
}
