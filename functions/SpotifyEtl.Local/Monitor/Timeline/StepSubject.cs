using System.Globalization;
using System.Text.Json;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Monitor.Timeline;

/// <summary>What a step works on, as its input tells.</summary>
/// <param name="Text">A playlist or other source, a file or a crawler; empty when the input tells none, or it is a batch.</param>
/// <param name="Files">The number of files of a batch; 0: it is none.</param>
/// <param name="Names">The first and the last name of a batch; empty: it is none.</param>
internal sealed record StepSubject(string Text, int Files = 0, string Names = "")
{
    // A run's id is shown whole.
    private const int LongestShown = 100;
    private const int LongestName = 23;

    private static readonly string[] s_telling = ["playlistId", "source", "crawler", "name"];
    private static readonly StepSubject s_none = new(string.Empty);

    public static StepSubject Of(string? input)
    {
        if (string.IsNullOrEmpty(input))
        {
            return s_none;
        }

        try
        {
            using var document = JsonDocument.Parse(input);
            // An activity's input is kept as the list of its arguments, of which it has one.
            var root = document.RootElement;
            return Of(root.ValueKind is JsonValueKind.Array && root.GetArrayLength() == 1 ? root[0] : root);
        }
        catch (JsonException)
        {
            return s_none;
        }
    }

    /// <summary>The same as one of several batches.</summary>
    /// <param name="before">How many files the batches before it have.</param>
    public string TextAfter(int before) => Files switch
    {
        0 => Text,
        1 => string.Create(CultureInfo.InvariantCulture, $"file {before + 1:N0}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"files {before + 1:N0}–{before + Files:N0}"),
    };

    private static StepSubject Of(JsonElement input)
    {
        if (input.ValueKind is not JsonValueKind.Object)
        {
            return input.ValueKind is JsonValueKind.String ? new StepSubject(Shortened(input.GetString()!, LongestShown)) : s_none;
        }

        foreach (var name in s_telling)
        {
            if (input.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String)
            {
                return new StepSubject(Shortened(value.GetString()!, LongestShown));
            }
        }

        return input.TryGetProperty("names", out var names) && names.ValueKind is JsonValueKind.Array && names.GetArrayLength() is > 0 and var count
            ? new StepSubject(string.Empty, count, NamesOf(names[0], count > 1 ? names[count - 1] : null))
            : s_none;
    }

    private static string NamesOf(JsonElement first, JsonElement? last) => last is { } other ? $"{NameOf(first)} … {NameOf(other)}" : NameOf(first);

    private static string NameOf(JsonElement name) =>
        name.ValueKind is JsonValueKind.String ? Shortened(new RawFileName(name.GetString()!).Stem, LongestName) : string.Empty;

    private static string Shortened(string text, int longest) => text.Length > longest ? text[..(longest - 1)] + "…" : text;
}
