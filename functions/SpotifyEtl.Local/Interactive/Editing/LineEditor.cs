using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Interactive.Editing;

/// <summary>
/// Lets somebody type a text of one line or several, with the keys that shells have: arrows, Home and End, Ctrl+A, E, K, U, W and L, history by Up, Down and
/// Ctrl+R, completion by Tab.
/// </summary>
/// <param name="keyboard">The keys.</param>
/// <param name="view">Where it is drawn.</param>
/// <param name="output">The terminal.</param>
/// <param name="history">What was typed before.</param>
/// <param name="complete">What Tab offers.</param>
internal sealed class LineEditor(IKeyboard keyboard, EditorView view, TextWriter output, StatementHistory history, Completion complete)
    : IStatementReader
{
    private readonly EditedText _edited = new();
    private string _prompt = "";
    private HistoryPlace _place = new(history);

    /// <summary>Reads a text that is whole; null: whoever types has had enough.</summary>
    /// <param name="prompt">What stands before it.</param>
    /// <param name="isWhole">Whether Enter ends a text; else it begins a line.</param>
    public string? Read(string prompt, Predicate<string> isWhole)
    {
        using var all = keyboard.TakeAllKeys();
        Begin(prompt);
        while (true)
        {
            if (!keyboard.HasMore)
            {
                view.Draw(_prompt, _edited.Text, _edited.Cursor);
            }

            var key = keyboard.Read();
            switch (key.Key, key.Modifiers)
            {
                case (ConsoleKey.Enter, not ConsoleModifiers.Alt) when isWhole(_edited.Text):
                    view.Leave(_prompt, _edited.Text);
                    return _edited.Text;
                case (ConsoleKey.Enter, _):
                    _edited.Insert("\n");
                    break;
                case (ConsoleKey.C, ConsoleModifiers.Control):
                    view.Leave(_prompt, _edited.Text + "^C");
                    Begin(prompt);
                    break;
                case (ConsoleKey.D, ConsoleModifiers.Control) when _edited.Text.Length == 0:
                    view.Leave(_prompt, "");
                    return null;
                case (ConsoleKey.R, ConsoleModifiers.Control):
                    Search();
                    break;
                case (ConsoleKey.Tab, ConsoleModifiers.None):
                    Complete();
                    break;
                case (ConsoleKey.L, ConsoleModifiers.Control):
                    view.ClearScreen();
                    break;
                default:
                    Edit(key);
                    break;
            }
        }
    }

    private void Begin(string prompt)
    {
        _prompt = prompt;
        _edited.Set("");
        _place = new HistoryPlace(history);
    }

    private void Edit(ConsoleKeyInfo key)
    {
        switch (key.Key, key.Modifiers)
        {
            case (ConsoleKey.UpArrow, _) or (ConsoleKey.P, ConsoleModifiers.Control):
                if (!_edited.TryUp() && _place.Earlier(_edited.Text) is { } earlier)
                {
                    _edited.Set(earlier);
                }

                break;
            case (ConsoleKey.DownArrow, _) or (ConsoleKey.N, ConsoleModifiers.Control):
                if (!_edited.TryDown() && _place.Later() is { } later)
                {
                    _edited.Set(later);
                }

                break;
            case (ConsoleKey.LeftArrow, ConsoleModifiers.Control or ConsoleModifiers.Alt) or (ConsoleKey.B, ConsoleModifiers.Alt):
                _edited.WordLeft();
                break;
            case (ConsoleKey.RightArrow, ConsoleModifiers.Control or ConsoleModifiers.Alt) or (ConsoleKey.F, ConsoleModifiers.Alt):
                _edited.WordRight();
                break;
            case (ConsoleKey.LeftArrow, _) or (ConsoleKey.B, ConsoleModifiers.Control):
                _edited.Left();
                break;
            case (ConsoleKey.RightArrow, _) or (ConsoleKey.F, ConsoleModifiers.Control):
                _edited.Right();
                break;
            case (ConsoleKey.Home, _) or (ConsoleKey.A, ConsoleModifiers.Control):
                _edited.ToLineStart();
                break;
            case (ConsoleKey.End, _) or (ConsoleKey.E, ConsoleModifiers.Control):
                _edited.ToLineEnd();
                break;
            case (ConsoleKey.W, ConsoleModifiers.Control) or (ConsoleKey.Backspace, ConsoleModifiers.Alt):
                _edited.DeleteWordBefore();
                break;
            case (ConsoleKey.Backspace, _) or (ConsoleKey.H, ConsoleModifiers.Control):
                _edited.DeleteBefore();
                break;
            case (ConsoleKey.Delete, _) or (ConsoleKey.D, ConsoleModifiers.Control):
                _edited.DeleteAfter();
                break;
            case (ConsoleKey.K, ConsoleModifiers.Control):
                _edited.DeleteToLineEnd();
                break;
            case (ConsoleKey.U, ConsoleModifiers.Control):
                _edited.DeleteToLineStart();
                break;
            default:
                if (key.KeyChar != 0 && !char.IsControl(key.KeyChar))
                {
                    _edited.Insert(key.KeyChar.ToString());
                }

                break;
        }
    }

    private void Complete()
    {
        var offer = complete.Of(_edited.Text[.._edited.Cursor]);
        if (offer.Common.Length > _edited.Cursor - offer.From)
        {
            _edited.Replace(offer.From, offer.Common);
        }

        if (offer.Names is [_])
        {
            _edited.Insert(" ");
        }
        else if (offer.Names.Count > 1)
        {
            view.Leave(_prompt, _edited.Text);
            output.Write(string.Concat(Paragraph.Lines(string.Join(' ', offer.Names), Math.Max(40, view.Columns)).Select(line => line + "\r\n")));
        }
    }

    // What is found is taken by any key that goes on editing, and Ctrl+C or Ctrl+G leaves things as they were.
    private void Search()
    {
        var (before, sought, skipped) = (_edited.Text, "", 0);
        while (true)
        {
            var found = sought.Length == 0 ? before : history.Find(sought, skipped) ?? "";
            view.Draw($"search '{sought}': ", found, found.Length);
            var key = keyboard.Read();
            switch (key.Key, key.Modifiers)
            {
                case (ConsoleKey.R, ConsoleModifiers.Control):
                    skipped += history.Find(sought, skipped + 1) is null ? 0 : 1;
                    break;
                case (ConsoleKey.Backspace, _) or (ConsoleKey.H, ConsoleModifiers.Control):
                    (sought, skipped) = (sought.Length == 0 ? "" : sought[..^1], 0);
                    break;
                case (ConsoleKey.C or ConsoleKey.G, ConsoleModifiers.Control):
                    _edited.Set(before);
                    return;
                default:
                    if (key.KeyChar == 0 || char.IsControl(key.KeyChar))
                    {
                        _edited.Set(found);
                        return;
                    }

                    (sought, skipped) = (sought + key.KeyChar, 0);
                    break;
            }
        }
    }
}
