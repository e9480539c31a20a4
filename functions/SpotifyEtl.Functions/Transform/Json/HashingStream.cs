using System.Security.Cryptography;

namespace SpotifyEtl.Transform.Json;

/// <summary>Reads a stream, hashes what it reads, and shows its first bytes before they are read.</summary>
internal sealed class HashingStream(Stream stream) : Stream
{
    private const int DrainBytes = 1 << 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ReadOnlyMemory<byte> _peeked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The first bytes, if there are so many; they are read all the same. To be asked for before anything is read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        _peeked = bytes.AsMemory(0, await stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellationToken));
        _hash.AppendData(_peeked.Span);
        return _peeked;
    }

    /// <summary>Reads what is left and gives the lower-case hex hash of the whole stream.</summary>
    public async ValueTask<string> FinishAsync(CancellationToken cancellationToken)
    {
        var rest = new byte[DrainBytes];
        while (await ReadAsync(rest, cancellationToken) > 0)
        {
        }

        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_peeked.IsEmpty)
        {
            var length = Math.Min(_peeked.Length, buffer.Length);
            _peeked[..length].CopyTo(buffer);
            _peeked = _peeked[length..];
            return length;
        }

        var count = await stream.ReadAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await stream.DisposeAsync();
        await base.DisposeAsync();
    }
}
