using SpotifyEtl.Errors;

namespace SpotifyEtl.Lake.S3;

/// <summary>
/// Parts of an upload that never ended are paid for and shown nowhere. A writer aborts its own; what killed processes left is aborted when a
/// process begins its first upload in parts.
/// </summary>
internal sealed class AbandonedUploads(S3Bucket bucket, TimeProvider time)
{
    /// <summary>The age from which an upload is taken for abandoned: far longer than a step may take.</summary>
    private static readonly TimeSpan s_abandonedAfter = TimeSpan.FromDays(1);

    private int _swept;

    /// <summary>Aborts an upload. A failure is of no interest: the sweep takes what is left.</summary>
    public async Task AbortAsync(string key, string uploadId)
    {
        try
        {
            await bucket.Uploads.AbortAsync(key, uploadId, CancellationToken.None);
        }
        catch (EtlException)
        {
            // The next process's sweep takes it.
        }
    }

    /// <summary>Aborts what was abandoned in this lake, the first time that it is called. It needs a permission that a lake can do without.</summary>
    public async Task SweepOnceAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _swept, 1) == 1)
        {
            return;
        }

        try
        {
            string? keyMarker = null;
            string? uploadIdMarker = null;
            do
            {
                var page = await bucket.Uploads.ListAsync(keyMarker, uploadIdMarker, cancellationToken);
                foreach (var upload in page.MultipartUploads ?? [])
                {
                    if (upload.Initiated is { } begun && time.GetUtcNow().UtcDateTime - begun.ToUniversalTime() > s_abandonedAfter)
                    {
                        await AbortAsync(upload.Key[bucket.Location.Prefix.Length..], upload.UploadId);
                    }
                }

                (keyMarker, uploadIdMarker) = page.IsTruncated is true ? (page.NextKeyMarker, page.NextUploadIdMarker) : (null, null);
            }
            while (keyMarker is not null);
        }
        catch (EtlException)
        {
            // Without s3:ListBucketMultipartUploads a lifecycle rule of the bucket has to do it.
        }
    }
}
