using DurableTask.Core;
using DurableTask.Core.History;

namespace SpotifyEtl.Local.Monitor;

/// <summary>An event of a history, for the page.</summary>
/// <param name="Number">Its place in the whole history, from 0.</param>
/// <param name="Time">When it happened (UTC).</param>
/// <param name="Event">What happened.</param>
/// <param name="Name">The activity, orchestration or event that it is about; empty when about none.</param>
/// <param name="Texts">What it holds: inputs, outputs, failures.</param>
public sealed record HistoryEntry(int Number, DateTimeOffset Time, string Event, string Name, IReadOnlyList<HistoryText> Texts)
{
    public bool IsFailure => Texts.Any(text => text.Label == HistoryText.Failure);

    /// <summary>The events in their order, without those that only frame the steps.</summary>
    public static IReadOnlyList<HistoryEntry> Read(IList<HistoryEvent> history)
    {
        var names = history.Select(NameOf).ToList();
        var asked = history.Zip(names).Where(pair => pair.First.EventId >= 0 && pair.Second.Length > 0).GroupBy(pair => pair.First.EventId)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.Last().Second);
        return
        [
            .. history.Select((happened, number) => (Event: happened, Number: number))
                .Where(at => at.Event is not (OrchestratorStartedEvent or OrchestratorCompletedEvent))
                .Select(
                    at => Of(
                        at.Event, at.Number, names[at.Number] is { Length: > 0 } name ? name : asked.GetValueOrDefault(AnsweredBy(at.Event), string.Empty))),
        ];
    }

    private static HistoryEntry Of(HistoryEvent happened, int number, string name) => new(
        number,
        new DateTimeOffset(DateTime.SpecifyKind(happened.Timestamp, DateTimeKind.Utc)),
        Words(happened.EventType.ToString()),
        name,
        [.. TextsOf(happened).Where(text => !string.IsNullOrEmpty(text.Text))]);

    private static string NameOf(HistoryEvent happened) => happened switch
    {
        ExecutionStartedEvent started => started.Name,
        TaskScheduledEvent asked => asked.Name,
        SubOrchestrationInstanceCreatedEvent asked => asked.Name,
        EventRaisedEvent raised => raised.Name,
        EventSentEvent sent => sent.Name,
        TimerCreatedEvent timer => $"until {MonitorText.Time(new DateTimeOffset(DateTime.SpecifyKind(timer.FireAt, DateTimeKind.Utc)))}",
        _ => null,
    } ?? string.Empty;

    private static int AnsweredBy(HistoryEvent happened) => happened switch
    {
        TaskCompletedEvent answer => answer.TaskScheduledId,
        TaskFailedEvent answer => answer.TaskScheduledId,
        SubOrchestrationInstanceCompletedEvent answer => answer.TaskScheduledId,
        SubOrchestrationInstanceFailedEvent answer => answer.TaskScheduledId,
        TimerFiredEvent answer => answer.TimerId,
        _ => -1,
    };

    private static List<HistoryText> TextsOf(HistoryEvent happened) => happened switch
    {
        ExecutionStartedEvent started => [new("Input", started.Input)],
        ExecutionCompletedEvent ended => [new("Output", ended.FailureDetails is null ? ended.Result : null), .. FailureOf(ended.FailureDetails)],
        ExecutionTerminatedEvent ended => [new("Reason", ended.Input)],
        TaskScheduledEvent asked => [new("Input", asked.Input)],
        TaskCompletedEvent answer => [new("Output", answer.Result)],
        TaskFailedEvent answer => FailureOf(answer.FailureDetails, answer.Reason),
        SubOrchestrationInstanceCreatedEvent asked => [new("Instance", asked.InstanceId), new("Input", asked.Input)],
        SubOrchestrationInstanceCompletedEvent answer => [new("Output", answer.Result)],
        SubOrchestrationInstanceFailedEvent answer => FailureOf(answer.FailureDetails, answer.Reason),
        EventRaisedEvent raised => [new("Payload", raised.Input)],
        EventSentEvent sent => [new("Instance", sent.InstanceId), new("Payload", sent.Input)],
        ExecutionSuspendedEvent held => [new("Reason", held.Reason)],
        ExecutionResumedEvent released => [new("Reason", released.Reason)],
        ExecutionRewoundEvent rewound => [new("Reason", rewound.Reason)],
        _ => [],
    };

    private static List<HistoryText> FailureOf(FailureDetails? failure, string? reason = null)
    {
        if (failure is null)
        {
            return [new(HistoryText.Failure, reason)];
        }

        List<HistoryText> texts = [];
        for (var cause = failure; cause is not null; cause = cause.InnerFailure)
        {
            texts.Add(new(texts.Count == 0 ? HistoryText.Failure : "Caused by", $"{cause.ErrorType}: {cause.ErrorMessage}"));
            texts.Add(new("Stack trace", cause.StackTrace));
        }

        return texts;
    }

    // TaskScheduled: Task scheduled.
    private static string Words(string type) =>
        string.Concat(type.Select((letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
}

/// <summary>A text that an event holds.</summary>
public sealed record HistoryText(string Label, string? Text)
{
    public const string Failure = "Failure";
}
