using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SpotifyEtl.Functions.Tests.Docs;

/// <summary>The rooms of each project and the arrows between them are those of functions/README.md.</summary>
public sealed class ArchitectureTests
{
    private const int MostLines = 250;
    private const int LongestLine = 160;
    private const string ReasonForLength = "// Long: ";

    public static TheoryData<string> Projects => [.. ArchitecturePage.Projects.Select(project => project.Name)];

    [Fact]
    public void Projects_know_the_projects_that_the_page_says() => Assert.All(
        ArchitecturePage.Projects,
        project => Assert.Equal(project.Knows.Order(StringComparer.Ordinal), ReferencesOf(project.Name).Order(StringComparer.Ordinal)));

    [Fact]
    public void Every_project_is_on_the_page() => Assert.Equal(
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "functions")).Select(Path.GetFileName).Except(["StandIns", "decisions", "deploy"])
            .Order(StringComparer.Ordinal),
        ArchitecturePage.Projects.Select(project => project.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_projects_rooms_are_those_of_the_page(string project) => Assert.Equal(
        ArchitecturePage.Of(project).Rooms.Select(room => room.Name).Order(StringComparer.Ordinal), SourceTree.Of(project).Rooms.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_knows_the_rooms_that_the_page_says_and_no_other(string project)
    {
        var tree = SourceTree.Of(project);

        Assert.Equal(
            ArchitecturePage.Of(project).Rooms.Select(room => $"{room.Name}: {string.Join(", ", room.Knows.Order(StringComparer.Ordinal))}"),
            ArchitecturePage.Of(project).Rooms.Select(room => $"{room.Name}: {string.Join(", ", tree.KnownBy(room.Name))}"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Arrows_point_one_way_to_rooms_that_stand_above_on_the_page(string project)
    {
        HashSet<string> above = new(StringComparer.Ordinal);
        foreach (var room in ArchitecturePage.Of(project).Rooms)
        {
            Assert.True(
                above.IsSupersetOf(room.Knows),
                $"{project}: {room.Name} knows a room that does not stand above it: {string.Join(", ", room.Knows.Except(above))}.");
            above.Add(room.Name);
        }
    }

    [Fact]
    public void A_file_has_250_lines_at_most_or_says_why_not() => Assert.All(
        SourceTree.Files("functions"),
        file => Assert.True(
            File.ReadLines(file).Count() <= MostLines
                || File.ReadLines(file).Any(line => line.TrimStart().StartsWith(ReasonForLength, StringComparison.Ordinal)),
            $"{file} has more than {MostLines} lines and no line that begins with '{ReasonForLength}' and says why."));

    [Fact]
    public void A_line_of_code_has_160_characters_at_most_unless_a_raw_string_is_in_it() => Assert.Empty(
        SourceTree.Files("functions").Concat(SourceTree.Files("tests")).Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(LongLines));

    private static IEnumerable<string> LongLines(string file)
    {
        var inside = false;
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            var quotes = Regex.Count(line, "\"\"\"", RegexOptions.None, TimeSpan.FromSeconds(1));
            if (line.Length > LongestLine && !inside && quotes == 0)
            {
                yield return $"{file}:{index + 1} has {line.Length} characters";
            }

            inside ^= quotes % 2 == 1;
        }
    }

    private static IEnumerable<string> ReferencesOf(string project)
    {
        var folder = Path.Combine(Repository.Root, "functions", project);
        return XDocument.Load(Directory.EnumerateFiles(folder, "*.csproj").Single()).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
    }
}
