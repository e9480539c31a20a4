using DurableTask.Core;
using DurableTask.Core.History;
using SpotifyEtl.Local.Monitor.Timeline;

namespace SpotifyEtl.Local.Monitor;

/// <summary>An event of a history, for the page.</summary>
/// <param name="Number">Its place in the whole history, from 0.</param>
/// <param name="Time">When it happened (UTC).</param>
/// <param name="Event">What happened.</param>
/// <param name="Name">The activity, orchestration or event that it is about; empty when about none.</param>
/// <param name="Texts">What it holds: inputs, outputs, failures.</param>
public sealed record HistoryEntry(int Number, DateTimeOffset Time, string Event, string Name, IReadOnlyList<HistoryText> Texts)
{
    /// <summary>What the activity or sub-orchestration works on; empty when its input does not tell.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>The instance of the sub-orchestration that it is about; null: it is about none.</summary>
    public string? PartId { get; init; }

    public bool IsFailure => Texts.Any(text => text.Label == HistoryText.Failure);

    /// <summary>The events in their order, without those that only frame the steps.</summary>
    public static IReadOnlyList<HistoryEntry> Read(IList<HistoryEvent> history)
    {
        Dictionary<int, Asked> asked = [];
        List<HistoryEntry> entries = [];
        var files = 0;
        foreach (var (number, happened) in history.Index())
        {
            if (AskedBy(happened, files) is { } question)
            {
                asked[happened.EventId] = question;
                files += question.Files;
            }

            if (happened is not (OrchestratorStartedEvent or OrchestratorCompletedEvent))
            {
                var about = asked.GetValueOrDefault(AnsweredBy(happened) is >= 0 and var answered ? answered : happened.EventId);
                entries.Add(Of(happened, number, NameOf(happened) is { Length: > 0 } name ? name : about?.Name ?? string.Empty) with
                {
                    Subject = about?.Subject ?? string.Empty,
                    PartId = about?.PartId,
                });
            }
        }

        return entries;
    }

    /// <summary>How many events a history has that are shown.</summary>
    public static int Count(IEnumerable<HistoryEvent> history) =>
        history.Count(happened => happened is not (OrchestratorStartedEvent or OrchestratorCompletedEvent));

    private static HistoryEntry Of(HistoryEvent happened, int number, string name) => new(
        number,
        new DateTimeOffset(DateTime.SpecifyKind(
            happened is TimerFiredEvent fired && fired.FireAt > fired.Timestamp ? fired.FireAt : happened.Timestamp, DateTimeKind.Utc)),
        Words(happened.EventType.ToString()),
        name,
        [.. TextsOf(happened).Where(text => !string.IsNullOrEmpty(text.Text))]);

    private static Asked? AskedBy(HistoryEvent happened, int filesBefore) => happened switch
    {
        TaskScheduledEvent asked => new Asked(asked.Name ?? string.Empty, StepSubject.Of(asked.Input).TextAfter(before: 0), PartId: null, Files: 0),
        SubOrchestrationInstanceCreatedEvent asked => OfPart(asked, StepSubject.Of(asked.Input), filesBefore),
        TimerCreatedEvent => new Asked(NameOf(happened), string.Empty, PartId: null, Files: 0),
        _ => null,
    };

    private static Asked OfPart(SubOrchestrationInstanceCreatedEvent asked, StepSubject subject, int filesBefore) => new(
        asked.Name ?? string.Empty,
        subject.Names.Length > 0 ? $"{subject.TextAfter(filesBefore)}: {subject.Names}" : subject.Text,
        asked.InstanceId,
        subject.Files);

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

    private sealed record Asked(string Name, string Subject, string? PartId, int Files);
}

/// <summary>A text that an event holds.</summary>
public sealed record HistoryText(string Label, string? Text)
{
    public const string Failure = "Failure";
}
