using System.Buffers;
using System.Security.Cryptography;

namespace SpotifyEtl.Transform.Json;

/// <summary>Reads a stream in chunks, one chunk ahead of its caller and on another thread, and hashes what it reads.</summary>
internal sealed class ChunkReader : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly int _chunkBytes;
    private readonly byte[] _chunk;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CancellationTokenSource _stop;
    private Task<int> _next;

    public ChunkReader(Stream stream, int chunkBytes, CancellationToken cancellationToken)
    {
        _stream = stream;
        _chunkBytes = chunkBytes;
        _chunk = ArrayPool<byte>.Shared.Rent(chunkBytes);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _next = FillAsync();
    }

    /// <summary>Whether the last chunk has been taken.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>Copies the next chunk; only the last one is shorter than a chunk.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> destination)
    {
        var count = await _next;
        _chunk.AsSpan(0, count).CopyTo(destination.Span);
        if (count < _chunkBytes)
        {
            AtEnd = true;
        }
        else
        {
            _next = Task.Run(FillAsync, _stop.Token);
        }

        return count;
    }

    /// <summary>Reads what is left and gives the lower-case hex hash of the whole stream.</summary>
    public async ValueTask<string> FinishAsync()
    {
        while (!AtEnd)
        {
            AtEnd = await _next < _chunkBytes;
            _next = AtEnd ? _next : FillAsync();
        }

        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _hash.Dispose();
        ArrayPool<byte>.Shared.Return(_chunk);
        await _stream.DisposeAsync();
    }

    private async Task<int> FillAsync()
    {
        var count = await _stream.ReadAtLeastAsync(_chunk.AsMemory(0, _chunkBytes), _chunkBytes, throwOnEndOfStream: false, _stop.Token);
        _hash.AppendData(_chunk, 0, count);
        return count;
    }
}
