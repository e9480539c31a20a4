using System.Text;

namespace SpotifyEtl.Functions.Tests.Transform;

/// <summary>Reads CSV strictly by RFC 4180 with LF, so that the tests do not lean on the library that wrote it.</summary>
internal static class CsvText
{
    public static List<string[]> Parse(string csv)
    {
        List<string[]> rows = [];
        List<string> fields = [];
        var field = new StringBuilder();
        var at = 0;
        while (at < csv.Length)
        {
            if (csv[at] == '"')
            {
                at = ReadQuoted(csv, at + 1, field);
            }
            else
            {
                var end = csv.IndexOfAny([',', '\n'], at);
                field.Append(csv, at, end - at);
                at = end;
            }

            fields.Add(field.ToString());
            field.Clear();
            if (csv[at] == '\n')
            {
                rows.Add([.. fields]);
                fields.Clear();
            }
            else if (csv[at] != ',')
            {
                throw new FormatException($"A closing quote is followed by '{csv[at]}' at {at}.");
            }

            at++;
        }

        return fields.Count == 0 ? rows : throw new FormatException("The last record does not end with LF.");
    }

    private static int ReadQuoted(string csv, int at, StringBuilder field)
    {
        while (true)
        {
            var quote = csv.IndexOf('"', at);
            field.Append(csv, at, quote - at);
            if (quote + 1 >= csv.Length || csv[quote + 1] != '"')
            {
                return quote + 1;
            }

            field.Append('"');
            at = quote + 2;
        }
    }
}
