using System.Text;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>
/// Reads a line as OpenCSVSerde does, in Hive and in Athena: the escape character itself is never a part of a value; before a quote or another escape character
/// it makes that one part of the value; a doubled quote within a value is one.
/// </summary>
internal sealed class OpenCsvLine(char separator, char quote, char escape)
{
    public string[] Read(string line)
    {
        List<string> values = [];
        StringBuilder value = new();
        var quoted = false;
        var begun = false;
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            var next = at + 1 < line.Length ? line[at + 1] : separator;
            if (letter == escape)
            {
                if ((quoted || begun) && (next == quote || next == escape))
                {
                    value.Append(next);
                    at++;
                }
            }
            else if (letter == quote)
            {
                if ((quoted || begun) && next == quote)
                {
                    value.Append(quote);
                    at++;
                }
                else
                {
                    if (at > 2 && line[at - 1] != separator && next != separator)
                    {
                        value.Append(quote);
                    }

                    quoted = !quoted;
                }

                begun = !begun;
            }
            else if (letter == separator && !quoted)
            {
                values.Add(value.ToString());
                value.Clear();
                begun = false;
            }
            else
            {
                value.Append(letter);
                begun = true;
            }
        }

        return [.. values, value.ToString()];
    }
}
