using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using SpotifyEtl.Aws;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Lake.S3;

/// <summary>The bucket and the terms on which a lake uses it: every request is made here, so that all carry them.</summary>
internal sealed class S3Bucket(IAmazonS3 s3, S3Location location, LakeOptions options, S3Limits limits)
{
    public string? Owner => string.IsNullOrEmpty(options.BucketOwner) ? null : options.BucketOwner;

    public string? KmsKeyId => string.IsNullOrEmpty(options.KmsKeyId) ? null : options.KmsKeyId;

    public ServerSideEncryptionMethod? Encryption => KmsKeyId is null ? null : ServerSideEncryptionMethod.AWSKMS;

    public S3Location Location => location;

    public S3Limits Limits => limits;

    /// <summary>Its calls for objects in parts.</summary>
    public S3Uploads Uploads => field ??= new S3Uploads(s3, this);

    public string Address(string key) => location.Address(key);

    /// <summary>Makes a call and counts it; a failure of it is the pipeline's exception.</summary>
    /// <exception cref="EtlException">The call failed.</exception>
    public static async Task<T> CallAsync<T>(LakeOperation operation, AwsCall call, Func<Task<T>> make, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LakeCalls.Count(operation);
        try
        {
            return await make();
        }
        catch (Exception exception) when (AwsFailure.IsOfAws(exception, cancellationToken))
        {
            throw AwsFailure.Of(exception, call);
        }
    }

    public Task<ListObjectsV2Response> ListAsync(string prefix, string? startAfter, string? continuation, CancellationToken cancellationToken) => CallAsync(
        LakeOperation.List,
        new AwsCall($"list {Address(prefix)}", "s3:ListBucket"),
        () => s3.ListObjectsV2Async(
            new ListObjectsV2Request
            {
                BucketName = location.Bucket,
                Prefix = location.Prefix + prefix,
                StartAfter = startAfter is null ? null : location.Prefix + startAfter,
                ContinuationToken = continuation,
                MaxKeys = limits.ListPage,
                ExpectedBucketOwner = Owner,

                // XML has no way to say some characters that keys may hold.
                Encoding = EncodingType.Url,
            },
            cancellationToken),
        cancellationToken);

    /// <summary>What S3 knows of an object, or null when there is none.</summary>
    public async Task<GetObjectMetadataResponse?> HeadAsync(string key, CancellationToken cancellationToken, bool isListed = false)
    {
        var fullKey = location.FullKey(key, isListed);
        return await CallAsync<GetObjectMetadataResponse?>(
            LakeOperation.Find,
            new AwsCall($"find {Address(key)}", "s3:GetObject, and s3:ListBucket to tell a missing object from a hidden one"),
            async () =>
            {
                try
                {
                    return await s3.GetObjectMetadataAsync(
                        new GetObjectMetadataRequest
                        {
                            BucketName = location.Bucket,
                            Key = fullKey,
                            ChecksumMode = ChecksumMode.ENABLED,
                            ExpectedBucketOwner = Owner,
                        },
                        cancellationToken);
                }
                catch (AmazonS3Exception exception) when (IsMissing(exception))
                {
                    return null;
                }
            },
            cancellationToken);
    }

    /// <summary>An object's bytes from <paramref name="start"/> on.</summary>
    /// <param name="etag">The object that is meant: another under the same key is refused. Null for any.</param>
    /// <exception cref="LakeObjectNotFoundException">There is no such object.</exception>
    public Task<GetObjectResponse> GetAsync(string key, long start, string? etag, CancellationToken cancellationToken)
    {
        GetObjectRequest request = new()
        {
            BucketName = location.Bucket,
            Key = location.FullKey(key),
            EtagToMatch = etag,
            ByteRange = start > 0 ? new ByteRange($"bytes={start}-") : null,
            ChecksumMode = start > 0 ? null : ChecksumMode.ENABLED,
            ExpectedBucketOwner = Owner,
        };
        return CallAsync(
            LakeOperation.Read,
            new AwsCall($"read {Address(key)}", "s3:GetObject, and s3:ListBucket to tell a missing object from a hidden one"),
            async () =>
            {
                try
                {
                    return await s3.GetObjectAsync(request, cancellationToken);
                }
                catch (AmazonS3Exception exception) when (IsMissing(exception))
                {
                    throw new LakeObjectNotFoundException($"The lake has no object {key} ({Address(key)}).", exception);
                }
                catch (AmazonS3Exception exception) when (IsOther(exception))
                {
                    throw new TransientEtlException($"{Address(key)} was replaced while it was read: read it again.", exception);
                }
            },
            cancellationToken);
    }

    public Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var request = PutRequest(key, content);
        return CallAsync(
            LakeOperation.Write,
            new AwsCall($"write {Address(key)}", "s3:PutObject"),
            () => s3.PutObjectAsync(request, cancellationToken),
            cancellationToken);
    }

    /// <summary>Puts an object in the place of the one that has this ETag, or, null, where there is none. False: another is there, or being put.</summary>
    public async Task<bool> TryReplaceAsync(string key, string? etag, Stream content, CancellationToken cancellationToken)
    {
        var request = PutRequest(key, content);
        request.IfMatch = etag;
        request.IfNoneMatch = etag is null ? "*" : null;
        return await CallAsync(
            LakeOperation.Write,
            new AwsCall($"replace {Address(key)}", "s3:PutObject and s3:GetObject"),
            async () =>
            {
                try
                {
                    await s3.PutObjectAsync(request, cancellationToken);
                    return true;
                }
                catch (AmazonS3Exception exception) when (IsMissing(exception) || IsOther(exception) || exception.ErrorCode == "ConditionalRequestConflict")
                {
                    return false;
                }
            },
            cancellationToken);
    }

    /// <summary>Copies the object that has this ETag, with a checksum of the whole. Null: it is gone, or another is there.</summary>
    public Task<CopyObjectResponse?> CopyAsync(
        string sourceKey, string etag, string destinationKey, CancellationToken cancellationToken, bool isListed = false)
    {
        CopyObjectRequest request = new()
        {
            SourceBucket = location.Bucket,
            SourceKey = location.FullKey(sourceKey, isListed),
            ETagToMatch = etag,
            DestinationBucket = location.Bucket,
            DestinationKey = location.FullKey(destinationKey),
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            ServerSideEncryptionMethod = Encryption,
            ServerSideEncryptionKeyManagementServiceKeyId = KmsKeyId,
            ExpectedBucketOwner = Owner,
            ExpectedSourceBucketOwner = Owner,
        };
        return CallAsync(
            LakeOperation.Copy,
            new AwsCall($"copy {Address(sourceKey)} to {destinationKey}", "s3:GetObject and s3:PutObject"),
            () => UnlessGoneAsync(() => s3.CopyObjectAsync(request, cancellationToken)),
            cancellationToken);
    }

    /// <summary>Deletes an object.</summary>
    /// <param name="etag">Only this one: another that has come under the key meanwhile stays. Null for any.</param>
    public Task DeleteAsync(string key, string? etag, CancellationToken cancellationToken, bool isListed = false)
    {
        DeleteObjectRequest request = new()
        {
            BucketName = location.Bucket,
            Key = location.FullKey(key, isListed),
            IfMatch = etag,
            ExpectedBucketOwner = Owner,
        };
        return CallAsync(
            LakeOperation.Delete,
            new AwsCall($"delete {Address(key)}", "s3:DeleteObject"),
            () => UnlessGoneAsync(() => s3.DeleteObjectAsync(request, cancellationToken)), cancellationToken);
    }

    private PutObjectRequest PutRequest(string key, Stream content)
    {
        // What is in memory is hashed at once: a body in chunks, with the hash behind them, costs far more, and most objects are small.
        var sha256 = content is MemoryStream ? Convert.ToBase64String(SHA256.HashData(content)) : null;
        content.Position = 0;
        return new PutObjectRequest
        {
            BucketName = location.Bucket,
            Key = location.FullKey(key),
            InputStream = content,
            AutoCloseStream = false,
            UseChunkEncoding = sha256 is null,
            ContentType = ContentType(key),
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            ChecksumSHA256 = sha256,
            ServerSideEncryptionMethod = Encryption,
            ServerSideEncryptionKeyManagementServiceKeyId = KmsKeyId,
            ExpectedBucketOwner = Owner,
        };
    }

    public static async Task<T?> UnlessGoneAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (AmazonS3Exception exception) when (IsMissing(exception) || IsOther(exception))
        {
            return null;
        }
    }

    // An answer to HEAD has no body, so that its code is only the status.
    private static bool IsMissing(AmazonS3Exception exception) =>
        exception.ErrorCode is "NoSuchKey" || (exception.StatusCode is System.Net.HttpStatusCode.NotFound && exception.ErrorCode is null or "" or "NotFound");

    private static bool IsOther(AmazonS3Exception exception) => exception.StatusCode is System.Net.HttpStatusCode.PreconditionFailed;

    public static string ContentType(string key) => Path.GetExtension(key) switch
    {
        ".json" => "application/json",
        ".csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    };
}
