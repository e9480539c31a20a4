using Spectre.Console;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Tests.Terminal;

public sealed class ShellTests
{
    [Fact]
    public void Notes_go_above_what_is_drawn_where_errors_come_to_the_same_terminal_and_else_to_the_errors()
    {
        StringWriter drawn = new(), errors = new();

        Shell(drawn, errors, ColorSystemSupport.NoColors, isErrorOnScreen: true).Note("one", Shade.Bad);
        Shell(drawn, errors, ColorSystemSupport.NoColors, isErrorOnScreen: false).Note("two", Shade.Bad);

        Assert.Equal(("one\n", "two" + Environment.NewLine), (drawn.ToString(), errors.ToString()));
    }

    [Fact]
    public void Colours_are_used_where_the_terminal_has_them_and_nowhere_else()
    {
        StringWriter nowhere = new();

        Assert.Equal("\e[31mFailed\e[0m", Shell(nowhere, nowhere, ColorSystemSupport.Standard, isErrorOnScreen: true).Paint("Failed", Shade.Bad));
        Assert.Equal("\e[90mFailed\e[0m", Shell(nowhere, nowhere, ColorSystemSupport.Standard, isErrorOnScreen: true).Paint("Failed", Shade.Faint));
        Assert.Equal("Failed", Shell(nowhere, nowhere, ColorSystemSupport.NoColors, isErrorOnScreen: true).Paint("Failed", Shade.Bad));
    }

    private static Shell Shell(TextWriter drawn, TextWriter errors, ColorSystemSupport colours, bool isErrorOnScreen) => new()
    {
        Out = TextWriter.Null,
        Error = errors,
        OpenOut = () => Stream.Null,
        Screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = colours, Out = new AnsiConsoleOutput(drawn) }),
        IsErrorOnScreen = isErrorOnScreen,
        Folder = Path.GetTempPath(),
        Environment = new Dictionary<string, string>(StringComparer.Ordinal),
    };
}
