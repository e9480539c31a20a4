using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.History;

/// <summary>The text form of history in the store.</summary>
[JsonSerializable(typeof(List<HistoryEvent>))]
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(TaskFailureDetails))]
internal sealed partial class HistoryJson : JsonSerializerContext
{
    // Inputs and results are JSON inside of JSON: without escapes for the quotes' sake they stay readable and half as long.
    private static readonly HistoryJson s_text = new(
        new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(List<HistoryEvent> events) => JsonSerializer.Serialize(events, s_text.ListHistoryEvent);

    public static string Write(HistoryEvent historyEvent) => JsonSerializer.Serialize(historyEvent, s_text.HistoryEvent);

    public static string Write(TaskFailureDetails failure) => JsonSerializer.Serialize(failure, s_text.TaskFailureDetails);

    public static List<HistoryEvent> ReadStep(string text) => JsonSerializer.Deserialize(text, s_text.ListHistoryEvent)!;

    public static HistoryEvent ReadEvent(string text) => JsonSerializer.Deserialize(text, s_text.HistoryEvent)!;

    public static TaskFailureDetails ReadFailure(string text) => JsonSerializer.Deserialize(text, s_text.TaskFailureDetails)!;
}
