using System.Diagnostics.CodeAnalysis;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>What the machine has for these tests.</summary>
internal static class Machine
{
    private static bool IsCi => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>The first program of these names on PATH.</summary>
    public static string? Find(IEnumerable<string> names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names.SelectMany(_ => folders, (name, folder) => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The first file of this path below the test's folder or one above it.</summary>
    public static string? FindAbove(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, relative);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>Skips the test where something is not there, except in CI, where it fails.</summary>
    public static void Require([DoesNotReturnIf(false)] bool isThere, string otherwise)
    {
        if (!isThere && IsCi)
        {
            Assert.Fail(otherwise);
        }

        Assert.SkipUnless(isThere, otherwise);
    }
}
