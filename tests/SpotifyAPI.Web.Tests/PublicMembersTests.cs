using EmbeddedHost.Tests.Signatures;

namespace SpotifyAPI.Web.Tests;

/// <summary>
/// What compiles against this stand-in compiles against the package: the listing beside this file has the public members of SpotifyAPI.Web 7.4.2.
/// </summary>
public sealed class PublicMembersTests
{
    private static readonly string[] s_listed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "public-members.txt"));

    [Fact]
    public void No_public_member_is_here_that_the_package_does_not_have()
    {
        string[] ours = [.. PublicSignatures.Of(typeof(SpotifyAPI.Web.OAuthClient).Assembly, "SpotifyAPI", isAnnotated: true)];

        Assert.NotEmpty(ours);
        Assert.Equal(string.Empty, string.Join(Environment.NewLine, ours.Except(s_listed)));
    }
}
