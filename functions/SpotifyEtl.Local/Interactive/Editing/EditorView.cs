using System.Globalization;
using System.Text;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Interactive.Editing;

/// <summary>
/// Draws text that is being typed, with a prompt before its first line and another before the rest, in place of what was drawn before. Lines that are longer
/// than the terminal is wide go on in the next row; of more rows than the terminal has, those about the cursor are drawn.
/// </summary>
/// <param name="output">The terminal.</param>
/// <param name="size">Its columns and rows, as they are now.</param>
/// <param name="paint">Colours a prompt.</param>
internal sealed class EditorView(TextWriter output, Func<(int Columns, int Rows)> size, Func<string, string> paint)
{
    private int _cursorRow;

    /// <summary>Draws it.</summary>
    /// <param name="prompt">What stands before the first line.</param>
    /// <param name="text">The text.</param>
    /// <param name="cursor">Where the cursor is in it.</param>
    public void Draw(string prompt, string text, int cursor)
    {
        var (columns, height) = size();
        var (rows, row, column) = Lay(prompt, text, cursor, Math.Max(columns, 2));
        var first = Math.Max(0, Math.Min(row - (height / 2), rows.Count - height));
        var shown = rows.Skip(first).Take(height).ToList();
        StringBuilder drawn = new("\e[?25l");
        drawn.Append(Up(_cursorRow)).Append("\r\e[J").AppendJoin("\r\n", shown);
        drawn.Append(Up(first + shown.Count - 1 - row)).Append('\r').Append(column > 0 ? $"\e[{column}C" : "").Append("\e[?25h");
        output.Write(drawn.ToString());
        _cursorRow = row - first;
    }

    /// <summary>Leaves what is drawn as it is: what comes next is written beneath.</summary>
    public void Leave(string prompt, string text)
    {
        Draw(prompt, text, text.Length);
        output.Write("\r\n");
        _cursorRow = 0;
    }

    public int Columns => size().Columns;

    public void ClearScreen()
    {
        output.Write("\e[H\e[2J");
        _cursorRow = 0;
    }

    private static string Up(int rows) => rows > 0 ? $"\e[{rows}A" : "";

    private (List<string> Rows, int CursorRow, int CursorColumn) Lay(string prompt, string text, int cursor, int columns)
    {
        List<string> rows = [];
        var (cursorRow, cursorColumn) = (0, 0);
        var start = 0;
        foreach (var line in text.Split('\n'))
        {
            var before = start == 0 ? prompt : "-> ".PadLeft(prompt.Length);
            StringBuilder row = new(paint(before));
            var column = TerminalText.Width(before);
            var at = 0;
            while (true)
            {
                if (column >= columns)
                {
                    rows.Add(row.ToString());
                    row.Clear();
                    column = 0;
                }

                if (start + at == cursor)
                {
                    (cursorRow, cursorColumn) = (rows.Count, column);
                }

                if (at >= line.Length)
                {
                    break;
                }

                var length = StringInfo.GetNextTextElementLength(line, at);
                var shown = TerminalText.Clean(line.Substring(at, length));
                var width = TerminalText.Width(shown);
                if (column + width > columns)
                {
                    rows.Add(row.ToString());
                    row.Clear();
                    column = 0;
                    if (start + at == cursor)
                    {
                        (cursorRow, cursorColumn) = (rows.Count, 0);
                    }
                }

                row.Append(shown);
                column += width;
                at += length;
            }

            rows.Add(row.ToString());
            start += line.Length + 1;
        }

        return (rows, cursorRow, cursorColumn);
    }
}
