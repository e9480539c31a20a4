using EmbeddedHost.Tests.Signatures;

namespace AWSSDK.Athena.Tests;

/// <summary>
/// What compiles against this stand-in compiles against the package: the listing beside this file has the public members of AWSSDK.Athena 4.
/// </summary>
public sealed class PublicMembersTests
{
    private static readonly string[] s_listed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "public-members.txt"));

    [Fact]
    public void No_public_member_is_here_that_the_package_does_not_have()
    {
        string[] ours = [.. PublicSignatures.Of(typeof(Amazon.Athena.AmazonAthenaClient).Assembly, "Amazon", isAnnotated: false)];

        Assert.NotEmpty(ours);
        Assert.Equal(string.Empty, string.Join(Environment.NewLine, ours.Except(s_listed)));
    }
}
