using Amazon.S3;
using Amazon.S3.Model;
using SpotifyEtl.Aws;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Lake.S3;

/// <summary>Objects that go up, or are copied, in parts.</summary>
internal sealed class S3Uploads(IAmazonS3 s3, S3Bucket bucket)
{
    public async Task<string> BeginAsync(string key, CancellationToken cancellationToken)
    {
        InitiateMultipartUploadRequest request = new()
        {
            BucketName = bucket.Location.Bucket,
            Key = bucket.Location.FullKey(key),
            ContentType = S3Bucket.ContentType(key),
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            ServerSideEncryptionMethod = bucket.Encryption,
            ServerSideEncryptionKeyManagementServiceKeyId = bucket.KmsKeyId,
            ExpectedBucketOwner = bucket.Owner,
        };
        var begun = await S3Bucket.CallAsync(
            LakeOperation.Write,
            new AwsCall($"write {bucket.Address(key)} in parts", "s3:PutObject"),
            () => s3.InitiateMultipartUploadAsync(request, cancellationToken), cancellationToken);
        return begun.UploadId;
    }

    public async Task<PartETag> UploadPartAsync(string key, string uploadId, int number, Stream content, CancellationToken cancellationToken)
    {
        UploadPartRequest request = new()
        {
            BucketName = bucket.Location.Bucket,
            Key = bucket.Location.FullKey(key),
            UploadId = uploadId,
            PartNumber = number,
            InputStream = content,
            PartSize = content.Length,
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            ExpectedBucketOwner = bucket.Owner,
        };
        var part = await S3Bucket.CallAsync(
            LakeOperation.Write,
            new AwsCall($"write part {number} of {bucket.Address(key)}", "s3:PutObject"),
            () => s3.UploadPartAsync(request, cancellationToken), cancellationToken);
        return new PartETag(part, copyChecksums: true) { PartNumber = number };
    }

    /// <summary>Copies a range of the object that has this ETag as a part of an upload. Null: it is gone, or another is there.</summary>
    public async Task<PartETag?> CopyPartAsync(
        string sourceKey, string etag, string destinationKey, string uploadId, int number, long first, long last, CancellationToken cancellationToken)
    {
        CopyPartRequest request = new()
        {
            SourceBucket = bucket.Location.Bucket,
            SourceKey = bucket.Location.FullKey(sourceKey),
            ETagToMatch = [etag],
            FirstByte = first,
            LastByte = last,
            DestinationBucket = bucket.Location.Bucket,
            DestinationKey = bucket.Location.FullKey(destinationKey),
            UploadId = uploadId,
            PartNumber = number,
            ExpectedBucketOwner = bucket.Owner,
            ExpectedSourceBucketOwner = bucket.Owner,
        };
        var part = await S3Bucket.CallAsync(
            LakeOperation.Copy,
            new AwsCall($"copy part {number} of {bucket.Address(sourceKey)} to {destinationKey}", "s3:GetObject and s3:PutObject"),
            () => S3Bucket.UnlessGoneAsync(() => s3.CopyPartAsync(request, cancellationToken)),
            cancellationToken);
        return part is null ? null : new PartETag(part, copyChecksums: true) { PartNumber = number };
    }

    /// <summary>Makes one object of the parts. Repeated after an answer that was lost, it is a success.</summary>
    public Task CompleteAsync(string key, string uploadId, List<PartETag> parts, long sizeBytes, CancellationToken cancellationToken)
    {
        CompleteMultipartUploadRequest request = new()
        {
            BucketName = bucket.Location.Bucket,
            Key = bucket.Location.FullKey(key),
            UploadId = uploadId,
            PartETags = parts,
            ExpectedBucketOwner = bucket.Owner,
        };
        return S3Bucket.CallAsync(
            LakeOperation.Write,
            new AwsCall($"write {bucket.Address(key)}, joining its parts,", "s3:PutObject"),
            async () =>
            {
                try
                {
                    return (await s3.CompleteMultipartUploadAsync(request, cancellationToken)).ETag;
                }
                catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchUpload")
                {
                    return await bucket.HeadAsync(key, cancellationToken) is { } done && done.ContentLength == sizeBytes
                        && done.ETag.TrimEnd('"').EndsWith($"-{parts.Count}", StringComparison.Ordinal)
                        ? done.ETag
                        : throw new TransientEtlException(
                            $"Cannot write {bucket.Address(key)}: its upload in parts was aborted meanwhile. The step can be repeated.", exception);
                }
            },
            cancellationToken);
    }

    public Task AbortAsync(string key, string uploadId, CancellationToken cancellationToken) => S3Bucket.CallAsync(
        LakeOperation.Delete,
        new AwsCall($"abort the upload of {bucket.Address(key)}", "s3:AbortMultipartUpload"),
        () => s3.AbortMultipartUploadAsync(
            new AbortMultipartUploadRequest
            {
                BucketName = bucket.Location.Bucket,
                Key = bucket.Location.FullKey(key),
                UploadId = uploadId,
                ExpectedBucketOwner = bucket.Owner,
            },
            cancellationToken),
        cancellationToken);

    /// <summary>One page of the uploads in parts that were begun in this lake and not ended.</summary>
    public Task<ListMultipartUploadsResponse> ListAsync(string? keyMarker, string? uploadIdMarker, CancellationToken cancellationToken) => S3Bucket.CallAsync(
        LakeOperation.List,
        new AwsCall($"list the uploads of {bucket.Location}", "s3:ListBucketMultipartUploads"),
        () => s3.ListMultipartUploadsAsync(
            new ListMultipartUploadsRequest
            {
                BucketName = bucket.Location.Bucket,
                Prefix = bucket.Location.Prefix,
                KeyMarker = keyMarker,
                UploadIdMarker = uploadIdMarker,
                ExpectedBucketOwner = bucket.Owner,
            },
            cancellationToken),
        cancellationToken);
}
