using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Tests.Interactive;

/// <summary>A terminal: what was written to it as it stands there, row by row, and where the cursor is.</summary>
internal sealed partial class Screen(int columns, int rows) : TextWriter
{
    private readonly List<List<string>> _cells = [.. Enumerable.Range(0, rows).Select(_ => new List<string>())];

    public override Encoding Encoding => Encoding.UTF8;

    public int Row { get; private set; }

    public int Column { get; private set; }

    /// <summary>The rows, without blanks at their ends, up to the last that is not empty.</summary>
    public string Text => string.Join('\n', _cells.Select(row => string.Concat(row).TrimEnd())).TrimEnd('\n');

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        for (var at = 0; at < (value ?? "").Length;)
        {
            if (Sequence().Match(value!, at) is { Success: true, Index: var index } match && index == at)
            {
                Do(match.Groups["end"].Value[0], match.Groups["number"].Value is { Length: > 0 } number ? int.Parse(number, CultureInfo.InvariantCulture) : 1);
                at += match.Length;
                continue;
            }

            var length = StringInfo.GetNextTextElementLength(value!, at);
            Put(value!.Substring(at, length));
            at += length;
        }
    }

    private void Do(char what, int number)
    {
        switch (what)
        {
            case 'A':
                Row = Math.Max(0, Row - number);
                break;
            case 'C':
                Column = Math.Min(columns - 1, Column + number);
                break;
            case 'H':
                (Row, Column) = (0, 0);
                break;
            case 'J':
                _cells[Row].RemoveRange(Math.Min(Column, _cells[Row].Count), _cells[Row].Count - Math.Min(Column, _cells[Row].Count));
                _cells.Skip(Row + 1).ToList().ForEach(row => row.Clear());
                break;
        }
    }

    private void Put(string element)
    {
        switch (element)
        {
            case "\r":
                Column = 0;
                return;
            case "\n" or "\r\n":
                Column = element == "\n" ? Column : 0;
                Row++;
                break;
            default:
                var width = TerminalText.Width(element);
                if (Column + width > columns)
                {
                    (Row, Column) = (Row + 1, 0);
                }

                break;
        }

        if (Row == rows)
        {
            _cells.RemoveAt(0);
            _cells.Add([]);
            Row--;
        }

        if (element[0] is '\r' or '\n')
        {
            return;
        }

        var line = _cells[Row];
        while (line.Count < Column)
        {
            line.Add(" ");
        }

        // The second cell of a wide character is empty.
        string[] cells = TerminalText.Width(element) == 2 ? [element, ""] : [element];
        line.RemoveRange(Column, Math.Min(cells.Length, line.Count - Column));
        line.InsertRange(Column, cells);
        Column += cells.Length;
    }

    [GeneratedRegex(@"\G\e\[\??(?<number>[0-9]*)(?<end>[A-Za-z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sequence();
}
