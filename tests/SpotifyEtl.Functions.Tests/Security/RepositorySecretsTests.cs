using System.Text.RegularExpressions;
using SpotifyEtl.Functions.Tests.Deploy;

namespace SpotifyEtl.Functions.Tests.Security;

/// <summary>No file of the repository holds what looks like a credential.</summary>
public sealed partial class RepositorySecretsTests
{
    private static readonly string[] s_notOurs =
    [
        "bin", "obj", ".git", ".vs", ".idea", "lake", ".spotify-etl", ".embedded-host", "TestResults", "node_modules"
    ];

    // A developer's own settings: git ignores the file.
    private const string LocalSettings = "local.settings.json";

    [Fact]
    public void No_file_holds_what_looks_like_a_credential()
    {
        var files = Files(DeployFolder.Root).ToList();

        Assert.True(files.Count > 500);
        Assert.Equal(
            [],
            files.SelectMany(
                file => Credential().Matches(File.ReadAllText(file)).Where(match => !IsMadeUp(match.Value)).Select(
                    match => $"{Path.GetRelativePath(DeployFolder.Root, file)}: {match.Value[..8]}…")));
    }

    [Theory]
    [InlineData("key = AKIA", "Z7QK3LMN4PRS6TUV")]
    [InlineData("-----BEGIN RSA ", "PRIVATE KEY-----")]
    [InlineData("\"Spotify__ClientSecret\": \"", "9f86d081884c7d659a2feaa0c55ad015\"")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=", "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4")]
    [InlineData("ghp_", "16C7e42F292c6912E7710c838347Ae178B4a")]
    [InlineData("https://hooks.slack.com/services/", "T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX")]
    public void What_looks_like_a_credential_is_found(string begin, string end) => Assert.Matches(Credential(), begin + end);

    // The pieces of them above, and what the tests of redaction and the vendors' documents call by its name.
    private static bool IsMadeUp(string value) => value.Contains("EXAMPLE", StringComparison.Ordinal) || value.Contains("example", StringComparison.Ordinal);

    private static IEnumerable<string> Files(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != LocalSettings))
        {
            yield return file;
        }

        foreach (var child in Directory.EnumerateDirectories(folder).Where(child => !s_notOurs.Contains(Path.GetFileName(child))).SelectMany(Files))
        {
            yield return child;
        }
    }

    [GeneratedRegex(
        """
        \b(AKIA|ASIA)[0-9A-Z]{16}\b
        | -----BEGIN\ [A-Z\ ]*PRIVATE\ KEY-----
        | (ClientSecret|RefreshToken|client_secret|refresh_token|MasterKey|FunctionKey|Password)"?\s*[:=]\s*"?[A-Za-z0-9+/_-]{32,}
        | AccountKey=[A-Za-z0-9+/=]{40,}
        | \bgh[pousr]_[A-Za-z0-9]{36}\b
        | \bxox[abprs]-[A-Za-z0-9-]{10,}
        | https://hooks\.slack\.com/services/T\w+/B\w+/\w+
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Credential();
}
