using System.Text.Json;
using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;

namespace EmbeddedHost.Http.Management;

/// <summary>An instance's history as the management API shows it: without the bounds of steps, and a completion in place of its request.</summary>
internal sealed class HistoryFolding
{
    private readonly OrchestrationInstance _instance;
    private readonly List<HistoryEvent> _events;
    private readonly Dictionary<int, ActionEvent> _requests;
    private readonly HashSet<int> _answered;

    private HistoryFolding(OrchestrationInstance instance, List<HistoryEvent> events)
    {
        _instance = instance;
        _events = events;
        _requests = events.OfType<ActionEvent>().ToDictionary(request => request.TaskId);
        _answered = [.. events.OfType<AnswerEvent>().Select(answer => answer.TaskId)];
    }

    /// <summary>The history of an instance; none when it is gone.</summary>
    public static HistoryFolding? Of((OrchestrationInstance Instance, IReadOnlyList<List<HistoryEvent>> Steps)? found) =>
        found is var (instance, steps) ? new HistoryFolding(instance, [.. steps.SelectMany(step => step)]) : null;

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

    private bool IsShown(HistoryEvent historyEvent) => historyEvent switch
    {
        OrchestratorStarted => false,
        TaskScheduled or SubOrchestrationCreated => !_answered.Contains(((ActionEvent)historyEvent).TaskId),
        _ => true,
    };

    private void Write(Utf8JsonWriter writer, HistoryEvent historyEvent, bool showOutput)
    {
        switch (historyEvent)
        {
            case ExecutionStarted started:
                WriteStarted(writer, started);
                break;
            case TaskScheduled scheduled:
                writer.WriteString("EventType", "TaskScheduled");
                WriteTimestamp(writer, scheduled);
                WriteFunction(writer, scheduled.Name);
                break;
            case SubOrchestrationCreated created:
                writer.WriteString("EventType", "SubOrchestrationInstanceCreated");
                writer.WriteString("InstanceId", created.InstanceId);
                WriteTimestamp(writer, created);
                WriteFunction(writer, created.Name);
                break;
            case TaskCompleted completed:
                writer.WriteString("EventType", "TaskCompleted");
                WriteResult(writer, completed.Result, showOutput);
                WriteAnswered(writer, completed);
                break;
            case SubOrchestrationCompleted completed:
                writer.WriteString("EventType", "SubOrchestrationInstanceCompleted");
                WriteResult(writer, completed.Result, showOutput);
                WriteAnswered(writer, completed);
                break;
            case TaskFailed failed:
                writer.WriteString("EventType", "TaskFailed");
                WriteFailed(writer, failed, failed.Failure);
                break;
            case SubOrchestrationFailed failed:
                writer.WriteString("EventType", "SubOrchestrationInstanceFailed");
                WriteFailed(writer, failed, failed.Failure);
                break;
            case TimerCreated created:
                WriteTimer(writer, "TimerCreated", created.FireAt, created);
                break;
            case TimerFired fired:
                WriteTimer(writer, "TimerFired", (_requests.GetValueOrDefault(fired.TaskId) as TimerCreated)?.FireAt, fired);
                break;
            case EventSent sent:
                writer.WriteString("EventType", "EventSent");
                writer.WriteString("InstanceId", sent.InstanceId);
                writer.WriteString("Name", sent.Name);
                writer.WriteString("Input", sent.Input);
                WriteTimestamp(writer, sent);
                break;
            case EventRaised raised:
                writer.WriteString("EventType", "EventRaised");
                writer.WriteString("Name", raised.Name);
                writer.WriteString("Input", raised.Input);
                writer.WriteNull("ParentTraceContext");
                WriteTimestamp(writer, raised);
                break;
            case ExecutionSuspended suspended:
                WriteReason(writer, "ExecutionSuspended", suspended.Reason, suspended);
                break;
            case ExecutionResumed resumed:
                WriteReason(writer, "ExecutionResumed", resumed.Reason, resumed);
                break;
            case ExecutionRewound rewound:
                WriteReason(writer, "ExecutionRewound", rewound.Reason, rewound);
                break;
            case ExecutionTerminated terminated:
                writer.WriteString("EventType", "ExecutionTerminated");
                writer.WriteString("Input", TextOf(terminated.Output));
                WriteTimestamp(writer, terminated);
                break;
            case ExecutionCompleted completed:
                WriteCompleted(writer, completed, showOutput);
                break;
        }
    }

    private void WriteStarted(Utf8JsonWriter writer, ExecutionStarted started)
    {
        writer.WriteString("EventType", "ExecutionStarted");
        writer.WriteString("Input", started.Input);
        writer.WriteNull("Correlation");
        writer.WriteNull("ParentTraceContext");
        if (_instance.StartAt is { } start)
        {
            writer.WriteString("ScheduledStartTime", start);
        }
        else
        {
            writer.WriteNull("ScheduledStartTime");
        }

        writer.WriteNumber("Generation", 0);
        writer.WriteBoolean("GenerateNewTrace", false);
        WriteTimestamp(writer, started);
        writer.WriteString("FunctionName", started.Name);
    }

    private static void WriteCompleted(Utf8JsonWriter writer, ExecutionCompleted completed, bool showOutput)
    {
        writer.WriteString("EventType", "ExecutionCompleted");
        writer.WriteString("OrchestrationStatus", completed.Status.ToString());
        if (completed.Failure is { } failure)
        {
            if (showOutput)
            {
                writer.WriteString("Result", failure.ErrorMessage);
            }
        }
        else
        {
            WriteResult(writer, completed.Result, showOutput);
        }

        writer.WritePropertyName("FailureDetails");
        WriteFailure(writer, completed.Failure);
        WriteTimestamp(writer, completed);
    }

    private void WriteFailed(Utf8JsonWriter writer, AnswerEvent answer, TaskFailureDetails failure)
    {
        writer.WriteString("Reason", $"Function '{NameOf(answer)}' failed with an unhandled exception.");
        writer.WriteNull("Details");
        writer.WritePropertyName("FailureDetails");
        WriteFailure(writer, failure);
        WriteAnswered(writer, answer);
    }

    private void WriteAnswered(Utf8JsonWriter writer, AnswerEvent answer)
    {
        WriteTimestamp(writer, answer);
        if (_requests.GetValueOrDefault(answer.TaskId) is { } request)
        {
            writer.WriteString("ScheduledTime", new DateTimeOffset(request.At));
        }

        WriteFunction(writer, NameOf(answer));
    }

    private string? NameOf(AnswerEvent answer) => _requests.GetValueOrDefault(answer.TaskId) switch
    {
        TaskScheduled request => request.Name,
        SubOrchestrationCreated request => request.Name,
        _ => null,
    };

    // Inputs stay out, as Azure's host leaves them unless told otherwise.
    private static void WriteFunction(Utf8JsonWriter writer, string? name)
    {
        writer.WriteString("FunctionName", name);
        writer.WriteNull("Input");
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
    private static void WriteFailure(Utf8JsonWriter writer, TaskFailureDetails? failure)
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
        writer.WriteBoolean("IsNonRetriable", false);
        writer.WriteNull("Properties");
        writer.WriteEndObject();
    }

    private static void WriteTimer(Utf8JsonWriter writer, string type, DateTime? fireAt, HistoryEvent timer)
    {
        writer.WriteString("EventType", type);
        if (fireAt is { } time)
        {
            writer.WriteString("FireAt", time);
        }

        WriteTimestamp(writer, timer);
    }

    private static void WriteReason(Utf8JsonWriter writer, string type, string? reason, HistoryEvent historyEvent)
    {
        writer.WriteString("EventType", type);
        writer.WriteString("Reason", reason);
        WriteTimestamp(writer, historyEvent);
    }

    private static void WriteTimestamp(Utf8JsonWriter writer, HistoryEvent historyEvent) => writer.WriteString("Timestamp", historyEvent.At);

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
