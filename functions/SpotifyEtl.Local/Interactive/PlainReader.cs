namespace SpotifyEtl.Local.Interactive;

/// <summary>Reads line by line, where a terminal cannot be drawn on.</summary>
internal sealed class PlainReader(TextReader input, TextWriter output) : IStatementReader
{
    public string? Read(string prompt, Predicate<string> isWhole)
    {
        output.Write(prompt);
        output.Flush();
        if (input.ReadLine() is not { } text)
        {
            output.WriteLine();
            return null;
        }

        while (!isWhole(text))
        {
            output.Write("-> ".PadLeft(prompt.Length));
            output.Flush();
            if (input.ReadLine() is not { } line)
            {
                return text;
            }

            text += "\n" + line;
        }

        return text;
    }
}
