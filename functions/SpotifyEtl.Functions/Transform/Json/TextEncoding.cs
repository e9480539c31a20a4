namespace SpotifyEtl.Transform.Json;

/// <summary>Tells UTF-8 from what else a JSON file may be written in, by its first bytes.</summary>
internal static class TextEncoding
{
    /// <summary>How many bytes it takes, if the file has that many.</summary>
    public const int BytesNeeded = 4;

    /// <summary>The length of a UTF-8 byte order mark: 3 or 0.</summary>
    public static int MarkLength(ReadOnlySpan<byte> start) => start.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>The name of the encoding, or null when it can be UTF-8. JSON begins with ASCII, so zeros tell the wider ones.</summary>
    public static string? NameOfOther(ReadOnlySpan<byte> start)
    {
        if (start.Length >= 4 && (start[..4] is [0xFF, 0xFE, 0, 0] or [0, 0, 0xFE, 0xFF] or [not 0, 0, 0, 0] or [0, 0, 0, not 0]))
        {
            return "UTF-32";
        }

        return start.Length >= 2 && (start[..2] is [0xFF, 0xFE] or [0xFE, 0xFF] or [not 0, 0] or [0, not 0]) ? "UTF-16" : null;
    }
}
