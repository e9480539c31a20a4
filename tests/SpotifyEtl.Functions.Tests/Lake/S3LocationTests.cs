using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.S3;

namespace SpotifyEtl.Functions.Tests.Lake;

public sealed class S3LocationTests
{
    [Theory]
    [InlineData("s3://spotify-etl-project-demo", "spotify-etl-project-demo", "")]
    [InlineData("s3://bucket/", "bucket", "")]
    [InlineData(" S3://my.bucket-1/team/etl/ ", "my.bucket-1", "team/etl/")]
    [InlineData("s3://bucket/Ünï côde", "bucket", "Ünï côde/")]
    public void A_lake_is_a_bucket_and_a_prefix(string uri, string bucket, string prefix) =>
        Assert.Equal(new S3Location(bucket, prefix), S3Location.Parse(uri));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bucket")]
    [InlineData("file:lake")]
    [InlineData("s3://")]
    [InlineData("s3://ab")]
    [InlineData("s3://Bucket")]
    [InlineData("s3://bucket_1")]
    [InlineData("s3:///prefix")]
    [InlineData("s3://bucket/a//b")]
    [InlineData("s3://bucket/../b")]
    [InlineData("s3://bucket/a\nb")]
    public void Anything_else_is_refused_with_its_value_and_what_is_allowed(string? uri)
    {
        var failure = Assert.Throws<EtlConfigurationException>(() => S3Location.Parse(uri));

        Assert.Contains($"Lake__Uri is '{uri}'; ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_has_at_most_1024_bytes_with_its_prefix()
    {
        S3Location location = new("bucket", "prefix/");

        Assert.Equal("prefix/" + new string('é', 508), location.FullKey(new string('é', 508)));
        Assert.Throws<PermanentEtlException>(() => location.FullKey(new string('é', 509)));
    }

    [Theory]
    [InlineData("s3://bucket", "", null)]
    [InlineData("s3://bucket", "123456789012", null)]
    [InlineData("s3://bucket", "1234", "Lake__BucketOwner is '1234'")]
    [InlineData("file:lake", "", "Lake__Uri is 'file:lake'")]
    public void Settings_that_cannot_work_are_refused(string uri, string owner, string? expected)
    {
        LakeOptions options = new() { Uri = uri, BucketOwner = owner };
        var said = string.Join(' ', options.Faults().Append(new S3LakeOptionsValidator().Validate(null, options).FailureMessage));

        Assert.Equal(expected is null, string.IsNullOrWhiteSpace(said));
        Assert.Contains(expected ?? "", said, StringComparison.Ordinal);
    }
}
