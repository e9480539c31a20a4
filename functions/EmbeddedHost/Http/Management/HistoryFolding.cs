using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;

namespace EmbeddedHost.Http.Management;

/// <summary>An instance's history as the management API shows it: without the bounds of steps, and a completion in place of its request.</summary>
internal sealed class HistoryFolding
{
    private readonly IReadOnlyList<HistoryEvent> _events;
    private readonly Dictionary<int, HistoryEvent> _requests = [];
    private readonly HashSet<int> _answered = [];

    /// <param name="events">The history, in order.</param>
    public HistoryFolding(IReadOnlyList<HistoryEvent> events)
    {
        _events = events;
        foreach (var historyEvent in events)
        {
            if (historyEvent is TaskScheduledEvent or SubOrchestrationInstanceCreatedEvent)
            {
                _requests[historyEvent.EventId] = historyEvent;
            }
            else if (TaskIdOf(historyEvent) is { } taskId)
            {
                _answered.Add(taskId);
            }
        }
    }

    /// <summary>Writes the events; results only if asked for.</summary>
    public void Write(Utf8JsonWriter writer, bool showOutput)
    {
        writer.WriteStartArray();
        foreach (var historyEvent in _events.Where(IsShown))
        {
            writer.WriteStartObject();
            Write(writer, historyEvent, showOutput);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static int? TaskIdOf(HistoryEvent historyEvent) => historyEvent switch
    {
        TaskCompletedEvent completed => completed.TaskScheduledId,
        TaskFailedEvent failed => failed.TaskScheduledId,
        SubOrchestrationInstanceCompletedEvent completed => completed.TaskScheduledId,
        SubOrchestrationInstanceFailedEvent failed => failed.TaskScheduledId,
        _ => null,
    };

    private bool IsShown(HistoryEvent historyEvent) => historyEvent switch
    {
        OrchestratorStartedEvent or OrchestratorCompletedEvent => false,
        TaskScheduledEvent or SubOrchestrationInstanceCreatedEvent => !_answered.Contains(historyEvent.EventId),
        _ => true,
    };

    private void Write(Utf8JsonWriter writer, HistoryEvent historyEvent, bool showOutput)
    {
        writer.WriteString("EventType", TypeOf(historyEvent));
        switch (historyEvent)
        {
            case ExecutionStartedEvent started:
                WriteStarted(writer, started);
                return;
            case SubOrchestrationInstanceCreatedEvent created:
                writer.WriteString("InstanceId", created.InstanceId);
                break;
            case TaskCompletedEvent completed:
                WriteResult(writer, completed.Result, showOutput);
                break;
            case SubOrchestrationInstanceCompletedEvent completed:
                WriteResult(writer, completed.Result, showOutput);
                break;
            case TaskFailedEvent failed:
                WriteFailed(writer, failed.Reason, failed.FailureDetails);
                break;
            case SubOrchestrationInstanceFailedEvent failed:
                WriteFailed(writer, failed.Reason, failed.FailureDetails);
                break;
            case TimerCreatedEvent created:
                writer.WriteString("FireAt", created.FireAt);
                break;
            case TimerFiredEvent fired:
                writer.WriteString("FireAt", fired.FireAt);
                break;
            case EventSentEvent sent:
                writer.WriteString("InstanceId", sent.InstanceId);
                writer.WriteString("Name", sent.Name);
                writer.WriteString("Input", sent.Input);
                break;
            case EventRaisedEvent raised:
                writer.WriteString("Name", raised.Name);
                writer.WriteString("Input", raised.Input);
                writer.WriteNull("ParentTraceContext");
                break;
            case ExecutionSuspendedEvent suspended:
                writer.WriteString("Reason", suspended.Reason);
                break;
            case ExecutionResumedEvent resumed:
                writer.WriteString("Reason", resumed.Reason);
                break;
            case ExecutionRewoundEvent rewound:
                writer.WriteString("Reason", rewound.Reason);
                break;
            case ExecutionTerminatedEvent terminated:
                writer.WriteString("Input", TextOf(terminated.Input));
                break;
            case ExecutionCompletedEvent completed:
                WriteCompleted(writer, completed, showOutput);
                break;
        }

        writer.WriteString("Timestamp", historyEvent.Timestamp);
        WriteRequest(writer, historyEvent);
    }

    // What the framework calls by several names, the API calls by one.
    private static string TypeOf(HistoryEvent historyEvent) => historyEvent switch
    {
        ExecutionCompletedEvent and not ContinueAsNewEvent => nameof(EventType.ExecutionCompleted),
        _ => historyEvent.EventType.ToString(),
    };

    private static void WriteStarted(Utf8JsonWriter writer, ExecutionStartedEvent started)
    {
        writer.WriteString("Input", started.Input);
        writer.WriteNull("Correlation");
        writer.WriteNull("ParentTraceContext");
        if (started.ScheduledStartTime is { } start)
        {
            writer.WriteString("ScheduledStartTime", start);
        }
        else
        {
            writer.WriteNull("ScheduledStartTime");
        }

        if (started.Generation is { } generation)
        {
            writer.WriteNumber("Generation", generation);
        }
        else
        {
            writer.WriteNull("Generation");
        }

        writer.WriteBoolean("GenerateNewTrace", started.GenerateNewTrace);
        writer.WriteString("Timestamp", started.Timestamp);
        writer.WriteString("FunctionName", started.Name);
    }

    private static void WriteCompleted(Utf8JsonWriter writer, ExecutionCompletedEvent completed, bool showOutput)
    {
        writer.WriteString("OrchestrationStatus", completed.OrchestrationStatus.ToString());
        WriteResult(writer, completed.Result, showOutput);
        writer.WritePropertyName("FailureDetails");
        WriteFailure(writer, completed.FailureDetails);
    }

    private static void WriteFailed(Utf8JsonWriter writer, string? reason, FailureDetails? failure)
    {
        writer.WriteString("Reason", reason);
        writer.WriteNull("Details");
        writer.WritePropertyName("FailureDetails");
        WriteFailure(writer, failure);
    }

    private void WriteRequest(Utf8JsonWriter writer, HistoryEvent historyEvent)
    {
        var request = TaskIdOf(historyEvent) is { } taskId ? _requests.GetValueOrDefault(taskId) : null;
        if (request is not null)
        {
            writer.WriteString("ScheduledTime", new DateTimeOffset(request.Timestamp, TimeSpan.Zero));
        }

        switch (request ?? historyEvent)
        {
            case TaskScheduledEvent scheduled:
                WriteFunction(writer, scheduled.Name, scheduled.Input);
                break;
            case SubOrchestrationInstanceCreatedEvent created:
                WriteFunction(writer, created.Name, created.Input);
                break;
        }
    }

    // Inputs are there where host.json has them stored.
    private static void WriteFunction(Utf8JsonWriter writer, string? name, string? input)
    {
        writer.WriteString("FunctionName", name);
        writer.WriteString("Input", input);
    }

    private static void WriteResult(Utf8JsonWriter writer, string? result, bool show)
    {
        if (show)
        {
            writer.WritePropertyName("Result");
            StatusJson.WriteValue(writer, result);
        }
    }

    // Without the stack trace: that is for the log.
    private static void WriteFailure(Utf8JsonWriter writer, FailureDetails? failure)
    {
        if (failure is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("ErrorType", failure.ErrorType);
        writer.WriteString("ErrorMessage", failure.ErrorMessage);
        writer.WriteNull("StackTrace");
        writer.WritePropertyName("InnerFailure");
        WriteFailure(writer, failure.InnerFailure);
        writer.WriteBoolean("IsNonRetriable", failure.IsNonRetriable);
        writer.WriteNull("Properties");
        writer.WriteEndObject();
    }

    // A reason is a text that was serialized; another output is shown as its JSON.
    private static string? TextOf(string? serialized)
    {
        if (serialized is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(serialized);
            return document.RootElement.ValueKind is JsonValueKind.String ? document.RootElement.GetString() : serialized;
        }
        catch (JsonException)
        {
            return serialized;
        }
    }
}
