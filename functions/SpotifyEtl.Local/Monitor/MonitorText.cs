using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SpotifyEtl.Local.Monitor.Timeline;

namespace SpotifyEtl.Local.Monitor;

/// <summary>Times, numbers and payloads as the pages write them.</summary>
internal static class MonitorText
{
    // For a page that encodes what it shows: letters of all scripts stay readable.
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string MachineTime(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>10 GB</c>, in powers of ten, as AWS counts.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e12:0.###} TB"),
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.###} GB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.###} MB"),
    };

    /// <summary>Such as <c>120 ms</c>, <c>4.2 s</c>, <c>3 min 20 s</c>, <c>5 h 2 min</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1 } => "0 s",
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds} s",
        _ => $"{Number((long)time.TotalHours)} h {time.Minutes} min",
    };

    public static string Label(BarState state) => state switch
    {
        BarState.Running => "running",
        BarState.Done => "done",
        BarState.Failed => "failed",
        _ => "abandoned",
    };

    /// <summary>A payload for reading: JSON with its lines, a text without its quotes, and anything else as it is.</summary>
    public static string Payload(string payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.ValueKind is JsonValueKind.String
                ? document.RootElement.GetString()!
                : JsonSerializer.Serialize(document.RootElement, s_indented);
        }
        catch (JsonException)
        {
            return payload;
        }
    }
}
