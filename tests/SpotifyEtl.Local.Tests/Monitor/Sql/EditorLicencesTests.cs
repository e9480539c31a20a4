using System.Text.Json;
using SpotifyEtl.Functions.Tests.Docs;

namespace SpotifyEtl.Local.Tests.Monitor.Sql;

public sealed class EditorLicencesTests
{
    private static readonly string s_monitor = Path.Combine(Repository.Root, "functions", "SpotifyEtl.Local", "Monitor");

    [Fact]
    public void Every_package_in_the_editor_has_its_licence_beside_it()
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_monitor, "Editor", "package-lock.json")));
        var licences = File.ReadAllText(Path.Combine(s_monitor, "Assets", "editor.licences.txt"));

        var packages = locked.RootElement.GetProperty("packages").EnumerateObject()
            .Where(package => package.Name.Length > 0 && !package.Name.Contains("esbuild", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains(
            $"{package.Name["node_modules/".Length..]} {package.Value.GetProperty("version").GetString()}\n", licences, StringComparison.Ordinal));
        Assert.All(packages, package => Assert.Equal("MIT", package.Value.GetProperty("license").GetString()));
    }
}
