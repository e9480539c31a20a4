using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Lake.S3;

/// <summary>
/// A lake in an S3 bucket. S3 shows an object whole or not at all; every upload carries a SHA-256 that S3 checks, and every download is checked
/// against it. A move copies exactly the object that it found, compares the copy with the hash, and only then deletes that object.
/// </summary>
public sealed class S3Lake : ILake
{
    private const int MostUpdatesLost = 10;

    private readonly S3Bucket _bucket;
    private readonly AbandonedUploads _abandoned;

    public S3Lake(IAmazonS3 s3, IOptions<LakeOptions> options, TimeProvider time)
        : this(s3, options.Value, time, S3Limits.Default)
    {
    }

    internal S3Lake(IAmazonS3 s3, LakeOptions options, TimeProvider time, S3Limits limits)
    {
        _bucket = new S3Bucket(s3, S3Location.Parse(options.Uri), options, limits);
        _abandoned = new AbandonedUploads(_bucket, time);
        Location = _bucket.Location.ToString();
    }

    public string Location { get; }

    /// <inheritdoc />
    /// <remarks>A page of to_process is listed: it tells of a bucket that is not there and of keys that do not open it.</remarks>
    public Task PrepareAsync(CancellationToken cancellationToken = default) =>
        _bucket.ListAsync(LakeKeys.ToProcess, startAfter: null, continuation: null, cancellationToken);

    public async IAsyncEnumerable<LakeObject> ListAsync(
        string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? continuation = null;
        do
        {
            var page = await _bucket.ListAsync(prefix, startAfter, continuation, cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                var key = (page.Encoding == EncodingType.Url ? WebUtility.UrlDecode(found.Key) : found.Key)[_bucket.Location.Prefix.Length..];
                yield return new LakeObject(key, found.Size.GetValueOrDefault()) { Fault = LakeKeys.RawNameIn(key) is { } name ? FaultOfName(name) : null };
            }

            continuation = page.IsTruncated is true ? page.NextContinuationToken : null;
        }
        while (continuation is not null);
    }

    public async Task<LakeObject?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        await _bucket.HeadAsync(key, cancellationToken) is { } head ? new LakeObject(key, head.ContentLength) : null;

    public async Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default) =>
        new S3ReadStream(_bucket, key, await _bucket.GetAsync(key, start: 0, etag: null, cancellationToken));

    public Task<LakeObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _bucket.Location.FullKey(key);
        return Task.FromResult<LakeObjectWriter>(new S3ObjectWriter(_bucket, _abandoned, key));
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) => _bucket.DeleteAsync(key, etag: null, cancellationToken);

    public async Task MoveAsync(string sourceKey, string destinationKey, string sha256, CancellationToken cancellationToken = default)
    {
        var source = await _bucket.HeadAsync(sourceKey, cancellationToken);
        if (source is null || await CopyAsync(sourceKey, source, destinationKey, cancellationToken) is not { } copied)
        {
            await CheckMovedAsync(sourceKey, destinationKey, sha256, cancellationToken);
            return;
        }

        var found = Sha256Of(copied.ChecksumSHA256, copied.ChecksumType) ?? await HashAsync(destinationKey, cancellationToken);
        if (!found.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new TransientEtlException(
                $"{_bucket.Address(sourceKey)} holds other bytes than were read from it (sha256 {found}, not {sha256}): it was replaced meanwhile. It "
                    + "stays, and the next run loads it.");
        }

        await _bucket.DeleteAsync(sourceKey, source.ETag, cancellationToken);
    }

    public async Task SetAsideAsync(string sourceKey, string destinationKey, CancellationToken cancellationToken = default)
    {
        if (await _bucket.HeadAsync(sourceKey, cancellationToken, isListed: true) is { } source
            && await _bucket.CopyAsync(sourceKey, source.ETag, destinationKey, cancellationToken, isListed: true) is not null)
        {
            await _bucket.DeleteAsync(sourceKey, source.ETag, cancellationToken, isListed: true);
        }
    }

    public string? FaultOfName(string rawFileName) => RawNames.Fault(rawFileName, mostNameBytes: int.MaxValue, _bucket.Location.MostKeyBytes);

    public async Task UpdateAsync(string key, Func<byte[]?, byte[]?> change, CancellationToken cancellationToken = default)
    {
        for (var lost = 0; lost < MostUpdatesLost; lost++)
        {
            var (before, etag) = await ReadWholeAsync(key, cancellationToken);
            if (change(before) is not { } after)
            {
                return;
            }

            using MemoryStream content = new(after, writable: false);
            if (await _bucket.TryReplaceAsync(key, etag, content, cancellationToken))
            {
                return;
            }
        }

        throw new TransientEtlException($"{_bucket.Address(key)} was replaced {MostUpdatesLost} times while it was to be updated. The step can be repeated.");
    }

    public async Task<LakeReplacement> BeginReplacementAsync(string key, CancellationToken cancellationToken = default) =>
        await S3Replacement.BeginAsync(_bucket, key, cancellationToken);

    /// <summary>The object's hash as S3 keeps it; null when there is none, or only one of its parts' hashes.</summary>
    private static string? Sha256Of(string? checksum, ChecksumType? type) =>
        string.IsNullOrEmpty(checksum) || checksum.Contains('-', StringComparison.Ordinal) || type == ChecksumType.COMPOSITE
            ? null
            : Convert.ToHexStringLower(Convert.FromBase64String(checksum));

    private async Task<(byte[]? Bytes, string? ETag)> ReadWholeAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _bucket.GetAsync(key, start: 0, etag: null, cancellationToken);
            var etag = response.ETag;
            await using S3ReadStream stream = new(_bucket, key, response);
            using MemoryStream all = new();
            await stream.CopyToAsync(all, cancellationToken);
            return (all.ToArray(), etag);
        }
        catch (LakeObjectNotFoundException)
        {
            return (null, null);
        }
    }

    private async Task<CopyObjectResponse?> CopyAsync(
        string sourceKey, GetObjectMetadataResponse source, string destinationKey, CancellationToken cancellationToken)
    {
        if (source.ContentLength <= _bucket.Limits.LargestCopyBytes)
        {
            return await _bucket.CopyAsync(sourceKey, source.ETag, destinationKey, cancellationToken);
        }

        var uploadId = await _bucket.Uploads.BeginAsync(destinationKey, cancellationToken);
        try
        {
            List<PartETag> parts = [];
            for (var first = 0L; first < source.ContentLength; first += _bucket.Limits.CopyPartBytes)
            {
                var last = Math.Min(first + _bucket.Limits.CopyPartBytes, source.ContentLength) - 1;
                var part = await _bucket.Uploads.CopyPartAsync(
                    sourceKey, source.ETag, destinationKey, uploadId, parts.Count + 1, first, last, cancellationToken);
                if (part is null)
                {
                    await _abandoned.AbortAsync(destinationKey, uploadId);
                    return null;
                }

                parts.Add(part);
            }

            await _bucket.Uploads.CompleteAsync(destinationKey, uploadId, parts, source.ContentLength, cancellationToken);
            return new CopyObjectResponse();
        }
        catch
        {
            await _abandoned.AbortAsync(destinationKey, uploadId);
            throw;
        }
    }

    private async Task CheckMovedAsync(string sourceKey, string destinationKey, string sha256, CancellationToken cancellationToken)
    {
        var destination = await _bucket.HeadAsync(destinationKey, cancellationToken)
            ?? throw new LakeObjectNotFoundException($"Cannot move {sourceKey} to {destinationKey}: neither of them is in the lake ({Location}).");
        var found = Sha256Of(destination.ChecksumSHA256, destination.ChecksumType) ?? await HashAsync(destinationKey, cancellationToken);
        if (found.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (await _bucket.HeadAsync(sourceKey, cancellationToken) is not null)
        {
            throw new TransientEtlException($"{_bucket.Address(sourceKey)} was replaced while it was moved. It stays, and the next run loads it.");
        }

        throw new LakeObjectNotFoundException(
            $"Cannot move {sourceKey} to {destinationKey}: the first is not in the lake ({Location}), and the second holds other bytes (sha256 "
                + $"{found}, not {sha256}).");
    }

    private async Task<string> HashAsync(string key, CancellationToken cancellationToken)
    {
        await using var stream = await OpenReadAsync(key, cancellationToken);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
