namespace SpotifyEtl.Functions.Tests.Docs;

/// <summary>Where the repository is: above the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "SpotifyEtl.sln"))
            ? folder
            : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("SpotifyEtl.sln is nowhere above the tests."));
}
