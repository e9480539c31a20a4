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

    /// <summary>The width to which output is fitted; null where it goes into a pipe or file.</summary>
    public int? Width { get; init; }

    /// <summary>The terminal, where there is one to draw on.</summary>
    public IAnsiConsole? Screen { get; init; }

    /// <summary>A full path.</summary>
    public required string Folder { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The one that this process was started from.</summary>
    public static Shell OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        OpenOut = Console.OpenStandardOutput,
        Width = Console.IsOutputRedirected ? null : Math.Max(Narrowest, Console.WindowWidth),
        Screen = Console.IsOutputRedirected ? null : AnsiConsole.Console,
        Folder = Directory.GetCurrentDirectory(),
        Environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal),
    };

    /// <summary>The full path of one that may be relative.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, Folder);

    /// <summary>A full path as it is shown: without the folder, if it lies there.</summary>
    public string Shown(string path) => path.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path[(Folder.Length + 1)..] : path;
}
