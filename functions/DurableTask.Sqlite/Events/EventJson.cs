using System.Globalization;
using System.Text;
using DurableTask.Core;
using DurableTask.Core.History;
using Newtonsoft.Json;

namespace DurableTask.Sqlite.Events;

/// <summary>The framework's events and messages as JSON text: all of the data contracts, nulls left out.</summary>
internal static class EventJson
{
    private static readonly JsonSerializer s_serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        TypeNameHandling = TypeNameHandling.Auto,
        MetadataPropertyHandling = MetadataPropertyHandling.Default,
        SerializationBinder = new EventTypeNames(),
        ContractResolver = new EventContracts(),
        DateParseHandling = DateParseHandling.None,
        NullValueHandling = NullValueHandling.Ignore,
    });

    private static readonly JsonConverter[] s_tags = [new TagsConverter()];

    private static readonly JsonSerializerSettings s_forReaders =
        new() { NullValueHandling = NullValueHandling.Ignore, TypeNameHandling = TypeNameHandling.None };

    public static string WriteEvents(IEnumerable<HistoryEvent> events) => Write(events as List<HistoryEvent> ?? [.. events], typeof(List<HistoryEvent>));

    public static List<HistoryEvent> ReadEvents(string json) => Read<List<HistoryEvent>>(json);

    public static string WriteMessage(TaskMessage message) => Write(message, typeof(TaskMessage));

    public static TaskMessage ReadMessage(string json) => Read<TaskMessage>(json);

    public static string? WriteFailure(FailureDetails? failure) => failure is null ? null : Write(failure, typeof(FailureDetails));

    public static FailureDetails? ReadFailure(string? json) => json is null ? null : Read<FailureDetails>(json);

    public static string? WriteTags(IDictionary<string, string>? tags) => tags is null ? null : JsonConvert.SerializeObject(tags, s_tags);

    public static IDictionary<string, string>? ReadTags(string? json) =>
        json is null ? null : JsonConvert.DeserializeObject<IDictionary<string, string>>(json, s_tags);

    /// <summary>A history as other programs read it: plain objects that each tell their <see cref="EventType"/>.</summary>
    public static string WriteForReaders(IReadOnlyList<HistoryEvent> history) => JsonConvert.SerializeObject(history, s_forReaders);

    private static string Write(object value, Type type)
    {
        StringBuilder text = new(256);
        using StringWriter target = new(text, CultureInfo.InvariantCulture);
        using JsonTextWriter writer = new(target);
        s_serializer.Serialize(writer, value, type);
        writer.Flush();
        return text.ToString();
    }

    private static T Read<T>(string json)
    {
        using StringReader source = new(json);
        using JsonTextReader reader = new(source);
        return s_serializer.Deserialize<T>(reader)!;
    }
}
