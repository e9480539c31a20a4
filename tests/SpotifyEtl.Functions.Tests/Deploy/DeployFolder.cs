namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>Where the templates are: functions/deploy, above the tests.</summary>
internal static class DeployFolder
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string PathOf(string file) => Path.Combine(Root, "functions", "deploy", file);

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "SpotifyEtl.sln")) ? folder : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("SpotifyEtl.sln is nowhere above the tests."));
}
