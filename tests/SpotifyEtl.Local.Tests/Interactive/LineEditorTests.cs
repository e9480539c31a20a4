using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.Interactive;
using SpotifyEtl.Local.Interactive.Editing;

namespace SpotifyEtl.Local.Tests.Interactive;

/// <summary>What is typed at a terminal of 20 columns and 6 rows, and what is seen there.</summary>
public sealed class LineEditorTests : IDisposable
{
    private readonly Screen _screen = new(20, 6);
    private readonly ScriptedKeys _keys = new();
    private readonly StatementHistory _history = StatementHistory.In(folder: null);

    public void Dispose() => _screen.Dispose();

    [Fact]
    public void A_statement_ends_with_a_semicolon_and_may_have_several_lines()
    {
        Assert.Equal("SELECT 1,\n2;", Read(_keys.Type("SELECT 1,\n2;\n")));
        Assert.Equal("sql> SELECT 1,\n  -> 2;", _screen.Text);
        Assert.Equal((2, 0), (_screen.Row, _screen.Column));
    }

    [Fact]
    public void Keys_move_and_delete()
    {
        _keys.Type("ab cd").Press(ConsoleKey.Home).Type("x").Press(ConsoleKey.RightArrow, ConsoleKey.Delete).Press(ConsoleKey.End, ConsoleKey.Backspace)
            .Press(ConsoleKey.LeftArrow).Type("y").Control(ConsoleKey.E).Type("!").Control(ConsoleKey.W).Type(";\n");

        Assert.Equal("xa ;", Read(_keys));
    }

    [Theory]
    [InlineData(ConsoleKey.U, ";")]
    [InlineData(ConsoleKey.K, "ab;")]
    [InlineData(ConsoleKey.A, ";ab")]
    [InlineData(ConsoleKey.D, "ab;")]
    public void Control_keys_are_those_of_shells(ConsoleKey key, string expected) =>
        Assert.Equal(expected, Read(_keys.Type("ab").Control(key).Type(";").Control(ConsoleKey.E).Type("\n"), isWhole: _ => true));

    [Fact]
    public void A_character_is_what_people_see_as_one()
    {
        Assert.Equal("音楽;", Read(_keys.Type("音👩‍👩‍👧楽").Press(ConsoleKey.LeftArrow, ConsoleKey.Backspace).Control(ConsoleKey.E).Type(";\n")));
        Assert.Equal("sql> 音楽;", _screen.Text);
    }

    [Fact]
    public void The_cursor_is_where_wide_characters_leave_it()
    {
        Stop(_keys.Type("音楽x").Press(ConsoleKey.LeftArrow));

        Assert.Equal((0, 9), (_screen.Row, _screen.Column));
    }

    [Fact]
    public void A_long_line_goes_on_in_the_next_row()
    {
        Stop(_keys.Type("123456789012345"));

        Assert.Equal("sql> 123456789012345", _screen.Text);
        Assert.Equal((1, 0), (_screen.Row, _screen.Column));

        Stop(_keys.Type("67890音").Press(ConsoleKey.UpArrow));
    }

    [Fact]
    public void Of_more_rows_than_there_are_those_about_the_cursor_are_seen()
    {
        Stop(_keys.Type("a\nb\nc\nd\ne\nf\ng\nh"));

        Assert.Equal("  -> c\n  -> d\n  -> e\n  -> f\n  -> g\n  -> h", _screen.Text);
        Assert.Equal((5, 6), (_screen.Row, _screen.Column));
    }

    [Fact]
    public void Up_and_Down_go_through_lines_and_then_through_what_was_typed_before()
    {
        _history.Add("SELECT 1;");
        _history.Add("SELECT\n2;");

        Assert.Equal("SELECT 1; --", Read(Up(3).Type(" --").Type("\n"), isWhole: _ => true));
        Assert.Equal("draft;", Read(_keys.Type("draft;").Press(ConsoleKey.UpArrow, ConsoleKey.DownArrow).Type("\n")));

        ScriptedKeys Up(int times)
        {
            for (var i = 0; i < times; i++)
            {
                _keys.Press(ConsoleKey.UpArrow);
            }

            return _keys;
        }
    }

    [Fact]
    public void Control_R_searches_what_was_typed_before()
    {
        _history.Add("SELECT one;");
        _history.Add("SELECT two;");
        _history.Add("VALUES 1;");

        Assert.Equal("SELECT one;", Read(_keys.Control(ConsoleKey.R).Type("sel").Control(ConsoleKey.R).Press(ConsoleKey.End).Type("\n")));
        Assert.Equal("kept;", Read(_keys.Type("kept;").Control(ConsoleKey.R).Type("two").Control(ConsoleKey.G).Type("\n")));
    }

    [Fact]
    public void Tab_completes_a_name_and_lists_several()
    {
        Assert.Equal("SELECT song_name ;", Read(_keys.Type("SELECT song_n\t;\n")));

        Stop(_keys.Type("so\t"));

        Assert.Contains("song_id song_name", _screen.Text, StringComparison.Ordinal);
        Assert.EndsWith("sql> song_", _screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_C_begins_anew_and_Control_D_leaves_where_nothing_is_typed()
    {
        Assert.Equal("new;", Read(_keys.Type("old").Control(ConsoleKey.C).Type("new;\n")));
        Assert.Null(Read(_keys.Control(ConsoleKey.D)));
    }

    private string? Read(ScriptedKeys keys, Predicate<string>? isWhole = null) =>
        new LineEditor(keys, new EditorView(_screen, () => (20, 6), text => text), _screen, _history, new Completion(["song_id", "song_name", "SELECT"]))
            .Read("sql> ", isWhole ?? Script.IsEnded);

    // The keys run out: what is seen then is what was drawn last.
    private void Stop(ScriptedKeys keys) => Assert.Throws<InvalidOperationException>(() => Read(keys));
}
