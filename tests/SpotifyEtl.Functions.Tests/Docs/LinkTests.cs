using System.Text.RegularExpressions;

namespace SpotifyEtl.Functions.Tests.Docs;

/// <summary>A link from one page of the repository to another, or to its code, leads to something that is there.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] s_folders = [".github", "functions", "tests"];

    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(s_folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)))
            .Select(page => Path.GetRelativePath(Repository.Root, page))
            .Where(page => !page.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_files_and_headings_that_are_there(string page) => Assert.All(
        Link().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(link => link.Groups["target"].Value),
        target => Assert.True(Scheme().IsMatch(target) || LeadsSomewhere(page, target), $"{page} links to {target}, which is not there."));

    private static bool LeadsSomewhere(string page, string target)
    {
        var parts = target.Split('#', 2);
        var source = Path.Combine(Repository.Root, page);
        var file = parts[0].Length == 0 ? source : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, parts[0]));
        return parts.Length == 1 ? File.Exists(file) || Directory.Exists(file) : File.Exists(file) && AnchorsOf(file).Contains(parts[1]);
    }

    private static IEnumerable<string> AnchorsOf(string file) =>
        File.ReadLines(file).Select(line => Heading().Match(line)).Where(heading => heading.Success).Select(
            heading => NotInAnchors().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z]+:", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w -]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInAnchors();
}
