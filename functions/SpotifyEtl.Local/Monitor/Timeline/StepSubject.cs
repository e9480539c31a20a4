using System.Text.Json;

namespace SpotifyEtl.Local.Monitor.Timeline;

/// <summary>What a step works on, as its input tells.</summary>
internal static class StepSubject
{
    private const int LongestShown = 80;

    private static readonly string[] s_telling = ["playlistId", "source", "crawler", "name"];

    /// <summary>A playlist or other source, file, crawler or number of files; empty when the input tells none.</summary>
    public static string Of(string? input)
    {
        if (string.IsNullOrEmpty(input))
        {
            return string.Empty;
        }

        try
        {
            using var document = JsonDocument.Parse(input);
            // An activity's input is kept as the list of its arguments, of which it has one.
            var root = document.RootElement;
            return Shortened(Of(root.ValueKind is JsonValueKind.Array && root.GetArrayLength() == 1 ? root[0] : root));
        }
        catch (JsonException)
        {
            return string.Empty;
        }
    }

    private static string Of(JsonElement input)
    {
        if (input.ValueKind is not JsonValueKind.Object)
        {
            return input.ValueKind is JsonValueKind.String ? input.GetString()! : string.Empty;
        }

        foreach (var name in s_telling)
        {
            if (input.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String)
            {
                return value.GetString()!;
            }
        }

        return input.TryGetProperty("names", out var names) && names.ValueKind is JsonValueKind.Array
            ? $"{names.GetArrayLength()} {(names.GetArrayLength() == 1 ? "file" : "files")}"
            : string.Empty;
    }

    private static string Shortened(string text) => text.Length > LongestShown ? text[..(LongestShown - 1)] + "…" : text;
}
