using System.Collections;
using Spectre.Console;

namespace SpotifyEtl.Local.Terminal;

/// <summary>What the program is called from: where its text goes, the folder that relative paths count from, and the environment.</summary>
internal sealed class Shell
{
    private const int Narrowest = 40;

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Gives the stream beneath <see cref="Out"/>, for answers that are written as bytes.</summary>
    public required Func<Stream> OpenOut { get; init; }

    /// <summary>What is piped in, or typed line by line.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Where somebody types and sees what comes of it; null: input or output is a pipe or file.</summary>
    public IKeyboard? Keyboard { get; init; }

    /// <summary>Who takes Ctrl+C while the program goes on.</summary>
    public Interrupts Interrupts { get; } = new();

    /// <summary>The width to which output is fitted; null where it goes into a pipe or file.</summary>
    public int? Width { get; init; }

    /// <summary>The terminal, where there is one to draw on: one that knows where its cursor is.</summary>
    public IAnsiConsole? Screen { get; init; }

    /// <summary>Whether <see cref="Error"/> goes to the same terminal, and not into a pipe or file.</summary>
    public bool IsErrorOnScreen { get; init; }

    /// <summary>What is typed to start the program.</summary>
    public string Command => field ??= FindCommand();

    /// <summary>Finds <see cref="Command"/>, which few runs speak of.</summary>
    public Func<string> FindCommand { get; init; } = () => CommandName.Default;

    /// <summary>A full path.</summary>
    public required string Folder { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The one that this process was started from.</summary>
    public static Shell OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        OpenOut = Console.OpenStandardOutput,
        In = Console.In,
        Keyboard = Console.IsInputRedirected || Console.IsOutputRedirected ? null : new ConsoleKeyboard(),
        Width = Console.IsOutputRedirected ? null : Math.Max(Narrowest, Console.WindowWidth),
        Screen = Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi ? null : AnsiConsole.Console,
        IsErrorOnScreen = !Console.IsErrorRedirected,
        FindCommand = () => CommandName.Of(
            System.Environment.ProcessPath,
            typeof(Shell).Assembly.Location,
            Directory.GetCurrentDirectory(),
            System.Environment.GetEnvironmentVariable("PATH")),
        Folder = Directory.GetCurrentDirectory(),
        Environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal),
    };

    /// <summary>A text with the commands that it suggests as they are typed here.</summary>
    public string Typed(string text) => CommandName.In(text, Command);

    /// <summary>A text in a colour, where the terminal has them and <c>NO_COLOR</c> does not forbid them (no-color.org).</summary>
    public string Paint(string text, Shade shade) =>
        Screen is { } screen && screen.Profile.Capabilities.ColorSystem is not ColorSystem.NoColors ? $"\e[{shade.ToCode()}m{text}\e[0m" : text;

    /// <summary>Writes a line beside what the program is for: to <see cref="Error"/>, or above what is drawn on the terminal.</summary>
    public void Note(string line, Shade? shade = null)
    {
        if (Screen is { } screen && IsErrorOnScreen)
        {
            screen.Write(new Text(line + "\n", shade is { } colour ? new Style(colour.ToColor()) : Style.Plain));
        }
        else
        {
            foreach (var part in Paragraph.Lines(line, IsErrorOnScreen ? Width : null))
            {
                Error.WriteLine(part);
            }
        }
    }

    /// <summary>The full path of one that may be relative.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, Folder);

    /// <summary>A full path as it is shown: without the folder, if it lies there.</summary>
    public string Shown(string path) => path.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path[(Folder.Length + 1)..] : path;
}
