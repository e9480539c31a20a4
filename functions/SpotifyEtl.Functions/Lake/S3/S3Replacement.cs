using Amazon.S3.Model;

namespace SpotifyEtl.Lake.S3;

/// <summary>Replaces an object of S3 if it is still the one that was read. Both lie in temporary files meanwhile, whatever their size.</summary>
internal sealed class S3Replacement : LakeReplacement
{
    private readonly S3Bucket _bucket;
    private readonly string _key;
    private readonly string? _etag;
    private readonly FileStream? _before;
    private readonly FileStream _after = Spool();

    private S3Replacement(S3Bucket bucket, string key, string? etag, FileStream? before)
    {
        _bucket = bucket;
        _key = key;
        _etag = etag;
        _before = before;
    }

    public override Stream? Before => _before;

    public override Stream After => _after;

    public static async Task<S3Replacement> BeginAsync(S3Bucket bucket, string key, CancellationToken cancellationToken)
    {
        GetObjectResponse response;
        try
        {
            response = await bucket.GetAsync(key, start: 0, etag: null, cancellationToken);
        }
        catch (LakeObjectNotFoundException)
        {
            return new S3Replacement(bucket, key, etag: null, before: null);
        }

        var etag = response.ETag;
        await using S3ReadStream stream = new(bucket, key, response);
        var before = Spool();
        try
        {
            await stream.CopyToAsync(before, cancellationToken);
            before.Position = 0;
            return new S3Replacement(bucket, key, etag, before);
        }
        catch
        {
            await before.DisposeAsync();
            throw;
        }
    }

    public override Task<bool> TryCommitAsync(CancellationToken cancellationToken = default)
    {
        _after.Position = 0;
        return _bucket.TryReplaceAsync(_key, _etag, _after, cancellationToken);
    }

    // S3 does not say whether it was still that object: one that came meanwhile stays, and is found by who reads the month next.
    public override async Task<bool> TryDeleteAsync(CancellationToken cancellationToken = default)
    {
        await _bucket.DeleteAsync(_key, _etag, cancellationToken);
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        await _after.DisposeAsync();
        await (_before?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static FileStream Spool() => new(
        Path.Combine(Path.GetTempPath(), $"spotify-etl-{Guid.NewGuid():N}"),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
}
