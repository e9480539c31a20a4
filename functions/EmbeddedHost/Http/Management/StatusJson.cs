using System.Globalization;
using System.Text.Json;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>An instance as the management API shows it.</summary>
internal static class StatusJson
{
    /// <summary>Writes an instance; its history only if it is given.</summary>
    public static void Write(Utf8JsonWriter writer, OrchestrationMetadata instance, bool showInput, HistoryFolding? history, bool showHistoryOutput)
    {
        writer.WriteStartObject();
        writer.WriteString("name", instance.Name);
        writer.WriteString("instanceId", instance.InstanceId);
        writer.WriteString("runtimeStatus", instance.RuntimeStatus.ToString());
        writer.WritePropertyName("input");
        WriteValue(writer, showInput ? instance.SerializedInput : null);
        writer.WritePropertyName("customStatus");
        WriteValue(writer, instance.SerializedCustomStatus);
        writer.WritePropertyName("output");
        WriteOutput(writer, instance);
        writer.WriteString("createdTime", Seconds(instance.CreatedAt));
        writer.WriteString("lastUpdatedTime", Seconds(instance.LastUpdatedAt));
        if (history is not null)
        {
            writer.WritePropertyName("historyEvents");
            history.Write(writer, showHistoryOutput);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes an instance's output. A failure, and the reason of a suspension, are text and no JSON.</summary>
    public static void WriteOutput(Utf8JsonWriter writer, OrchestrationMetadata instance)
    {
        if (instance.RuntimeStatus is OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Suspended)
        {
            writer.WriteStringValue(instance.SerializedOutput);
            return;
        }

        WriteValue(writer, instance.SerializedOutput);
    }

    /// <summary>Writes a serialized value: as the JSON that it is, letters unescaped, and if an app's converter makes other text, as a string.</summary>
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

    private static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
