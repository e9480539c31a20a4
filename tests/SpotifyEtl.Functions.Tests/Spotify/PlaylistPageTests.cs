using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class PlaylistPageTests
{
    private static readonly string[] s_spaces = ["", " ", "\n", "\t\r\n  "];

    [Property]
    public bool Rows_of_any_text_and_spacing_are_sliced_verbatim(NonNull<string>[] texts, byte[] choices)
    {
        string[] rows = [.. texts.Select((text, n) => RowOf(text.Get, Choice(choices, n)))];
        var separated = string.Join(",", rows.Select((row, n) => s_spaces[Choice(choices, n) % 4] + row + s_spaces[Choice(choices, n + 1) % 4]));

        var page = PlaylistPage.Parse(Encoding.UTF8.GetBytes($$"""{ "x":{"items":[1]}, "items" :[{{separated}}],"total":{{rows.Length}} , "offset":0}"""));

        return page.Total == rows.Length
            && page.Offset == 0
            && page.Rows.Select(row => Encoding.UTF8.GetString(row.Span)).SequenceEqual(rows, StringComparer.Ordinal);
    }

    private static int Choice(byte[] choices, int n) => choices.Length == 0 ? n : choices[n % choices.Length];

    private static string RowOf(string text, int choice)
    {
        var json = JsonSerializer.Serialize(text);
        var space = s_spaces[choice % 4];
        return (choice % 5) switch
        {
            0 => json,
            1 => $"{{{space}{json}{space}:{json}}}",
            2 => $"[{space}{json}{space},[{json}],{{}}]",
            3 => $"{{\"items\":[{json}],{space}\"total\":{choice}}}",
            _ => "null",
        };
    }
}
