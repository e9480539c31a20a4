using Amazon.Runtime;
using Amazon.S3;
using SpotifyEtl.Aws;

namespace SpotifyEtl.Lake.S3;

internal static class S3Clients
{
    /// <summary>A client of S3, or of the server that AWS_ENDPOINT_URL names: those mostly know buckets by path, not by host name.</summary>
    public static S3Client Create(AWSCredentials? credentials)
    {
        // A config that has been asked for its address forgets the one from the environment in its client: this one is only asked.
        AmazonS3Config asked = new();
        AmazonS3Config config = new() { ForcePathStyle = !string.IsNullOrEmpty(asked.ServiceURL) };
        return AwsServices.CreateClient(() => credentials is null ? new S3Client(config) : new S3Client(credentials, config));
    }
}
