using System.Xml.Linq;

namespace SpotifyEtl.Functions.Tests.Docs;

/// <summary>The rooms of each project and the arrows between them are those of functions/README.md.</summary>
public sealed class ArchitectureTests
{
    public static TheoryData<string> Projects => [.. ArchitecturePage.Projects.Where(project => project.Rooms.Count > 0).Select(project => project.Name)];

    [Fact]
    public void Projects_know_the_projects_that_the_page_says() => Assert.All(
        ArchitecturePage.Projects, project => Assert.Equal(project.Knows.Order(StringComparer.Ordinal), ReferencesOf(project.Name).Order(StringComparer.Ordinal)));

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
            Assert.True(above.IsSupersetOf(room.Knows), $"{project}: {room.Name} knows a room that does not stand above it: {string.Join(", ", room.Knows.Except(above))}.");
            above.Add(room.Name);
        }
    }

    private static IEnumerable<string> ReferencesOf(string project)
    {
        var folder = Path.Combine(Repository.Root, "functions", project);
        return XDocument.Load(Directory.EnumerateFiles(folder, "*.csproj").Single()).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
    }
}
