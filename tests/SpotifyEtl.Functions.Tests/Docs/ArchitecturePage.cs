using System.Text.RegularExpressions;

namespace SpotifyEtl.Functions.Tests.Docs;

/// <summary>What functions/README.md says of projects and rooms: a table of projects, and under a heading for each its rooms, the lowest first.</summary>
internal static partial class ArchitecturePage
{
    private static readonly string[] s_lines = File.ReadAllLines(Path.Combine(Repository.Root, "functions", "README.md"));

    public static IReadOnlyList<PageProject> Projects { get; } =
    [
        .. Rows("Projects").Select(row => new PageProject(row.Name, row.Knows, [.. Rows(row.Name)])),
    ];

    public static PageProject Of(string project) => Projects.Single(one => one.Name == project);

    private static IEnumerable<PageRoom> Rows(string heading) => s_lines
        .SkipWhile(line => line != $"## {heading}").Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Select(line => Row().Match(line))
        .Where(row => row.Success)
        .Select(row => new PageRoom(row.Groups["name"].Value, [.. Name().Matches(row.Groups["knows"].Value).Select(name => name.Groups["name"].Value)]));

    [GeneratedRegex(@"^\| `(?<name>[\w.]+)/?` \|[^|]*\|(?<knows>[^|]*)\|$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<name>[A-Z][\w.]*\w)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}

/// <summary>A project of the page, with the projects that it knows and its rooms.</summary>
internal sealed record PageProject(string Name, IReadOnlyList<string> Knows, IReadOnlyList<PageRoom> Rooms);

/// <summary>A room of the page and the rooms that it knows.</summary>
internal sealed record PageRoom(string Name, IReadOnlyList<string> Knows);
