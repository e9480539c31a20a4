using SpotifyEtl.Functions.Tests.Docs;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>Where the templates are: functions/deploy.</summary>
internal static class DeployFolder
{
    public static string Root => Repository.Root;

    public static string PathOf(string file) => Path.Combine(Root, "functions", "deploy", file);
}
