using System.Globalization;
using System.Text.Json;
using DurableTask.Core;
using EmbeddedHost.Protocol;

namespace EmbeddedHost.Http.Management;

/// <summary>An instance as the management API shows it.</summary>
internal static class StatusJson
{
    /// <summary>Whether nothing more happens to it by itself.</summary>
    public static bool HasEnded(this OrchestrationState instance) => !instance.OrchestrationStatus.IsLive();

    /// <summary>Writes an instance; its history only if it is given.</summary>
    public static void Write(Utf8JsonWriter writer, OrchestrationState instance, bool showInput, HistoryFolding? history, bool showHistoryOutput)
    {
        writer.WriteStartObject();
        writer.WriteString("name", instance.Name);
        writer.WriteString("version", instance.Version);
        writer.WriteString("instanceId", instance.OrchestrationInstance.InstanceId);
        writer.WriteString("runtimeStatus", instance.OrchestrationStatus.ToString());
        writer.WritePropertyName("input");
        WriteValue(writer, showInput ? instance.Input : null);
        writer.WritePropertyName("customStatus");
        WriteValue(writer, instance.Status);
        writer.WritePropertyName("output");
        WriteOutput(writer, instance);
        writer.WriteString("createdTime", Seconds(instance.CreatedTime));
        writer.WriteString("lastUpdatedTime", Seconds(instance.LastUpdatedTime));
        if (history is not null)
        {
            writer.WritePropertyName("historyEvents");
            history.Write(writer, showHistoryOutput);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes an instance's output: JSON, or where it failed, was terminated or is suspended, mostly a text.</summary>
    public static void WriteOutput(Utf8JsonWriter writer, OrchestrationState instance) => WriteValue(writer, instance.Output);

    /// <summary>Writes a serialized value: as the JSON that it is, letters unescaped, and if it is other text, as a string.</summary>
    public static void WriteValue(Utf8JsonWriter writer, string? serialized)
    {
        if (serialized is null)
        {
            writer.WriteNullValue();
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(serialized);
            document.WriteTo(writer);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(serialized);
        }
    }

    private static string Seconds(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
