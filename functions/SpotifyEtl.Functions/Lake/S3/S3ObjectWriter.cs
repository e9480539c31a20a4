using System.Buffers;
using Amazon.S3.Model;

namespace SpotifyEtl.Lake.S3;

/// <summary>
/// Gathers what is written to one part's size. An object that fits is put by one call; a larger one goes up in parts as it is written, so that
/// memory holds one part of it, whatever its size.
/// </summary>
internal sealed class S3ObjectWriter : LakeObjectWriter
{
    private const int FirstBufferBytes = 16 * 1024;

    private readonly S3Bucket _bucket;
    private readonly AbandonedUploads _abandoned;
    private readonly string _key;
    private readonly S3WriteStream _stream;
    private readonly List<PartETag> _parts = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _buffered;
    private long _uploadedBytes;
    private string? _uploadId;
    private bool _ended;

    public S3ObjectWriter(S3Bucket bucket, AbandonedUploads abandoned, string key)
    {
        _bucket = bucket;
        _abandoned = abandoned;
        _key = key;
        _stream = new S3WriteStream(this);
    }

    public override Stream Stream => _stream;

    private int PartBytes => _bucket.Limits.PartBytes(_parts.Count + 1);

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        while (!bytes.IsEmpty)
        {
            if (_buffered == PartBytes)
            {
                await UploadPartAsync(cancellationToken);
            }

            var taken = Math.Min(bytes.Length, PartBytes - _buffered);
            MakeRoom(_buffered + taken);
            bytes[..taken].CopyTo(_buffer.AsMemory(_buffered));
            _buffered += taken;
            bytes = bytes[taken..];
        }
    }

    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        if (_ended)
        {
            throw new InvalidOperationException($"{_key} is committed already.");
        }

        if (_uploadId is null)
        {
            using MemoryStream whole = new(_buffer, 0, _buffered, writable: false);
            await _bucket.PutAsync(_key, whole, cancellationToken);
        }
        else
        {
            await UploadPartAsync(cancellationToken);
            await _bucket.Uploads.CompleteAsync(_key, _uploadId, _parts, _uploadedBytes, cancellationToken);
            _uploadId = null;
        }

        End();
    }

    public override async ValueTask DisposeAsync()
    {
        End();
        if (_uploadId is { } uploadId)
        {
            _uploadId = null;
            await _abandoned.AbortAsync(_key, uploadId);
        }
    }

    private async Task UploadPartAsync(CancellationToken cancellationToken)
    {
        if (_uploadId is null)
        {
            await _abandoned.SweepOnceAsync(cancellationToken);
            _uploadId = await _bucket.Uploads.BeginAsync(_key, cancellationToken);
        }

        using MemoryStream part = new(_buffer, 0, _buffered, writable: false);
        _parts.Add(await _bucket.Uploads.UploadPartAsync(_key, _uploadId, _parts.Count + 1, part, cancellationToken));
        _uploadedBytes += _buffered;
        _buffered = 0;
    }

    // Most objects are small, and many are written at once: the buffer grows with the object.
    private void MakeRoom(int needed)
    {
        if (needed <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Min(_buffer.Length * 2, PartBytes)));
        _buffer.AsSpan(0, _buffered).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void End()
    {
        if (!_ended)
        {
            _ended = true;
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _buffered = 0;
        }
    }
}
