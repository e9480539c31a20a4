namespace SpotifyEtl.Local.Terminal;

/// <summary>Text that is broken between words, so that it reads well on a terminal.</summary>
internal static class Paragraph
{
    private const int Narrowest = 20;

    /// <summary>The lines of clean text. A word that is longer than a line has one of its own. Without a width there is one line.</summary>
    public static IEnumerable<string> Lines(string text, int? width)
    {
        if (width is not { } limit)
        {
            yield return text;
            yield break;
        }

        limit = Math.Max(limit, Narrowest);
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && TerminalText.Width(line) + 1 + TerminalText.Width(word) > limit)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
