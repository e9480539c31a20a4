using System.Globalization;

namespace SpotifyEtl.Local.Interactive.Editing;

/// <summary>Text that is being typed, of one line or several, and where the cursor is in it: between characters as people see them.</summary>
internal sealed class EditedText
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    private int LineStart => Text.LastIndexOf('\n', Math.Max(0, Cursor - 1), Cursor) + 1;

    private int LineEnd => Text.IndexOf('\n', Cursor) is >= 0 and var end ? end : Text.Length;

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    /// <summary>Puts text in the place of what stands between a position and the cursor.</summary>
    public void Replace(int from, string text)
    {
        Text = Text[..from] + text + Text[Cursor..];
        Cursor = from + text.Length;
    }

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    public void WordLeft()
    {
        while (Cursor > 0 && !char.IsLetterOrDigit(Text[Cursor - 1]))
        {
            Cursor--;
        }

        while (Cursor > 0 && char.IsLetterOrDigit(Text[Cursor - 1]))
        {
            Cursor--;
        }
    }

    public void WordRight()
    {
        while (Cursor < Text.Length && !char.IsLetterOrDigit(Text[Cursor]))
        {
            Cursor++;
        }

        while (Cursor < Text.Length && char.IsLetterOrDigit(Text[Cursor]))
        {
            Cursor++;
        }
    }

    public void ToLineStart() => Cursor = LineStart;

    public void ToLineEnd() => Cursor = LineEnd;

    public void ToEnd() => Cursor = Text.Length;

    public void DeleteBefore() => Replace(Before(Cursor), "");

    public void DeleteAfter() => Text = Text.Remove(Cursor, After(Cursor) - Cursor);

    public void DeleteToLineStart() => Replace(LineStart, "");

    public void DeleteToLineEnd() => Text = Text.Remove(Cursor, LineEnd - Cursor);

    public void DeleteWordBefore()
    {
        var end = Cursor;
        WordLeft();
        Text = Text.Remove(Cursor, end - Cursor);
    }

    /// <summary>Moves to the line above; false: there is none.</summary>
    public bool TryUp()
    {
        var start = LineStart;
        if (start == 0)
        {
            return false;
        }

        var column = Cursor - start;
        Cursor = start - 1;
        Cursor = WholeCharacter(Math.Min(LineStart + column, start - 1));
        return true;
    }

    /// <summary>Moves to the line beneath; false: there is none.</summary>
    public bool TryDown()
    {
        var end = LineEnd;
        if (end == Text.Length)
        {
            return false;
        }

        var column = Cursor - LineStart;
        Cursor = end + 1;
        Cursor = WholeCharacter(Math.Min(Cursor + column, LineEnd));
        return true;
    }

    private int Before(int at) => at == 0 ? 0 : WholeCharacter(at - 1);

    private int After(int at) => at == Text.Length ? at : at + StringInfo.GetNextTextElementLength(Text, at);

    // The start of the character that a position lies in.
    private int WholeCharacter(int position)
    {
        var at = Text.LastIndexOf('\n', Math.Max(0, position - 1), Math.Max(0, position)) + 1;
        while (at < position)
        {
            var next = After(at);
            if (next > position)
            {
                return at;
            }

            at = next;
        }

        return position;
    }
}
