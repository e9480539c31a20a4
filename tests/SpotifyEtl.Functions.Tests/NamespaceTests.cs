using System.Text.RegularExpressions;
using SpotifyEtl.Functions.Tests.Deploy;

namespace SpotifyEtl.Functions.Tests;

public sealed partial class NamespaceTests
{
    [Fact]
    public void Nothing_of_the_Functions_worker_or_the_durable_framework_is_declared_here_a_second_time()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(DeployFolder.Root, "functions"), "*", SearchOption.AllDirectories)
            .Where(
                file => Path.GetExtension(file) is ".cs" or ".razor" or ".proto"
                    && !Path.GetRelativePath(DeployFolder.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .ToList();

        Assert.True(sources.Count > 300, $"Only {sources.Count} files were looked at.");
        Assert.DoesNotContain(sources, file => NamespaceOfAPackage().IsMatch(File.ReadAllText(file)));
    }

    [GeneratedRegex(
        """^\s*(namespace|@namespace|option\s+csharp_namespace\s*=)\s*"?(Microsoft\.Azure\.Functions|Microsoft\.DurableTask)\b""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamespaceOfAPackage();
}
