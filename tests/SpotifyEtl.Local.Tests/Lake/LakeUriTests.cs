using SpotifyEtl.Errors;
using SpotifyEtl.Local.Lake;

namespace SpotifyEtl.Local.Tests.Lake;

public sealed class LakeUriTests
{
    [Theory]
    [InlineData(null, "lake/spotify-etl-project-demo")]
    [InlineData("", "lake/spotify-etl-project-demo")]
    [InlineData("  ", "lake/spotify-etl-project-demo")]
    [InlineData("file:lake/mine", "lake/mine")]
    [InlineData("FILE:lake", "lake")]
    [InlineData("file:/data/lake", "/data/lake")]
    [InlineData("file:///data/lake", "/data/lake")]
    [InlineData("file:./lake", "./lake")]
    [InlineData("lake", "lake")]
    [InlineData("/data/my lake", "/data/my lake")]
    [InlineData("../lake", "../lake")]
    [InlineData("file:a%20b", "a%20b")]
    [InlineData("./a:b", "./a:b")]
    public void A_lake_is_a_folder(string? uri, string folder) => Assert.Equal(folder, LakeUri.FolderOf(uri));

    [Theory]
    [InlineData("s3://bucket/prefix", "S3")]
    [InlineData("S3://bucket", "S3")]
    [InlineData("gs://bucket", "gs:")]
    [InlineData("https://host/lake", "https:")]
    [InlineData("file:", "names no folder")]
    [InlineData("file://host/lake", "another host")]
    public void Anything_else_is_refused_with_its_value_and_what_is_allowed(string uri, string reason)
    {
        var failure = Assert.Throws<EtlConfigurationException>(() => LakeUri.FolderOf(uri));

        Assert.Contains(uri, failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Lake__Uri", failure.Message, StringComparison.Ordinal);
        Assert.Contains("file:path", failure.Message, StringComparison.Ordinal);
    }
}
