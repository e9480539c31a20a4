using System.Text.RegularExpressions;

namespace SpotifyEtl.Local.Terminal;

/// <summary>What is typed to start the program as this process was started, so that what it suggests can be typed too.</summary>
internal static partial class CommandName
{
    /// <summary>What the tool and the executable are called, and what messages call the program.</summary>
    public const string Default = "spotify-etl";

    private const string Project = "functions/SpotifyEtl.Local";

    /// <summary>Tells it.</summary>
    /// <param name="program">The full path of the program that runs: the executable, or dotnet.</param>
    /// <param name="assembly">The full path of spotify-etl.dll.</param>
    /// <param name="folder">The folder that it was started in, a full path.</param>
    /// <param name="path">The folders that commands are looked for in, as PATH has them.</param>
    public static string Of(string? program, string assembly, string folder, string? path)
    {
        if (program is null)
        {
            return Default;
        }

        // A tool's executable lies below the folder that its command is linked in.
        var command = ToolStore().Replace(program, "${folder}" + Path.GetFileName(program));
        var name = Path.GetFileNameWithoutExtension(command);
        var isExecutable = name.Equals(Path.GetFileNameWithoutExtension(assembly), StringComparison.OrdinalIgnoreCase);
        if (isExecutable && (path ?? "").Split(Path.PathSeparator).Any(entry => entry.Length > 0 && IsSame(Path.GetDirectoryName(command)!, entry)))
        {
            return name;
        }

        if (BuiltProject().Match(assembly) is { Success: true } built)
        {
            return $"dotnet run --project {Shown(built.Groups["root"].Value + Project, folder)} --";
        }

        if (PackageCache().IsMatch(assembly))
        {
            return $"dotnet {Default}";
        }

        return isExecutable ? Shown(command, folder) : $"dotnet {Shown(assembly, folder)}";
    }

    /// <summary>A text in which messages' word for the program is replaced by what is typed.</summary>
    public static string In(string text, string command) => command == Default ? text : Mention().Replace(text, command);

    private static bool IsSame(string folder, string entry) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(entry)) == folder;

    private static string Shown(string path, string folder)
    {
        var relative = Path.GetRelativePath(folder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path
            : relative.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? relative
            : $".{Path.DirectorySeparatorChar}{relative}";
    }

    [GeneratedRegex(
        @"^(?<root>.*[/\\])functions[/\\]SpotifyEtl\.Local[/\\]bin[/\\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BuiltProject();

    [GeneratedRegex(@"[/\\]packages[/\\]spotifyetl[^/\\]*[/\\]", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PackageCache();

    [GeneratedRegex(@"^(?<folder>.*[/\\])\.store[/\\].*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ToolStore();

    // The program's name with something behind it that it is given; not a path, a bucket or a package of that name.
    [GeneratedRegex(@"(?<![\w./~-])spotify-etl(?= (?:[a-z]|--|\[))", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mention();
}
