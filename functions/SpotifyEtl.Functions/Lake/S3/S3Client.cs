using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.S3.Internal;
using Amazon.S3.Model;

namespace SpotifyEtl.Lake.S3;

/// <summary>
/// Amazon's client, but for one thing: what it reads and verifies by the checksum that came with it, it does not hash with MD5 as well. Its MD5 goes at a
/// seventh of the speed of SHA-256, and no faster than many a network.
/// </summary>
public sealed class S3Client : AmazonS3Client
{
    public S3Client(AmazonS3Config config)
        : base(config)
    {
    }

    public S3Client(AWSCredentials credentials, AmazonS3Config config)
        : base(credentials, config)
    {
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.ReplaceHandler<AmazonS3ResponseHandler>(new OneChecksum());
    }

    private sealed class OneChecksum : AmazonS3ResponseHandler
    {
        protected override void PostInvoke(IExecutionContext executionContext)
        {
            if (executionContext.ResponseContext.Response is GetObjectResponse
                {
                    ResponseMetadata.ChecksumValidationStatus: ChecksumValidationStatus.PENDING_RESPONSE_READ,
                } response)
            {
                // It is by the ETag that the MD5 is known.
                var etag = response.ETag;
                response.ETag = null;
                base.PostInvoke(executionContext);
                response.ETag = etag;
            }
            else
            {
                base.PostInvoke(executionContext);
            }
        }
    }
}
