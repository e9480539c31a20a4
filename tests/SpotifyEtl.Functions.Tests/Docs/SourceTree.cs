using System.Text.RegularExpressions;

namespace SpotifyEtl.Functions.Tests.Docs;

/// <summary>The source of a project: its rooms are the folders at its top, each a namespace, and a room knows another whose namespace it names.</summary>
internal sealed class SourceTree
{
    // The app's own namespace is shorter than its project.
    private const string App = "SpotifyEtl.Functions";

    private readonly string _folder;
    private readonly Dictionary<string, HashSet<string>> _known;

    private SourceTree(string project)
    {
        _folder = Path.Combine("functions", project);
        var files = Files(_folder).Select(file => (Room: RoomOf(file), Text: File.ReadAllText(file))).Where(file => file.Room is not null).ToList();
        Rooms = [.. files.Select(file => file.Room!).Distinct(StringComparer.Ordinal)];
        var root = project == App ? "SpotifyEtl" : project;
        _known = files.GroupBy(file => file.Room!, StringComparer.Ordinal).ToDictionary(
            room => room.Key,
            room => room.SelectMany(file => NamesIn(file.Text, root)).Where(name => name != room.Key && Rooms.Contains(name)).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Rooms { get; }

    public static SourceTree Of(string project) => new(project);

    /// <summary>The source files beneath a folder of the repository.</summary>
    public static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
        .Where(file => !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    public IEnumerable<string> KnownBy(string room) => _known[room].Order(StringComparer.Ordinal);

    private static IEnumerable<string> NamesIn(string text, string root) =>
        Regex.Matches(text, $@"(?<![\w.]){Regex.Escape(root)}\.(?<room>\w+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(
            match => match.Groups["room"].Value);

    private string? RoomOf(string file)
    {
        var parts = Path.GetRelativePath(Path.Combine(Repository.Root, _folder), file).Split(Path.DirectorySeparatorChar);
        return parts.Length > 1 ? parts[0] : null;
    }
}
