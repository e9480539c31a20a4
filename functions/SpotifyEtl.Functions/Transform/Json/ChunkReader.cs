using System.Buffers;
using System.IO.Compression;

namespace SpotifyEtl.Transform.Json;

/// <summary>
/// Reads a file in chunks, one chunk ahead of its caller and on another thread, and hashes what it reads. A gzipped file, which its first bytes tell,
/// is unpacked; the hash is of its bytes as they are.
/// </summary>
internal sealed class ChunkReader : IAsyncDisposable
{
    private const int GzipMarkLength = 2;

    private readonly HashingStream _stream;
    private readonly int _chunkBytes;
    private readonly long _maxUnpackedBytes;
    private readonly byte[] _chunk;
    private readonly CancellationTokenSource _stop;
    private GZipStream? _gzip;
    private bool _isOpen;
    private long _unpackedBytes;
    private Task<int> _next;

    public ChunkReader(Stream stream, int chunkBytes, long maxUnpackedBytes, CancellationToken cancellationToken)
    {
        _stream = new HashingStream(stream);
        _chunkBytes = chunkBytes;
        _maxUnpackedBytes = maxUnpackedBytes;
        _chunk = ArrayPool<byte>.Shared.Rent(chunkBytes);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _next = FillAsync();
    }

    /// <summary>Whether the last chunk has been taken.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>Copies the next chunk; only the last one is shorter than a chunk.</summary>
    /// <exception cref="InvalidDataException">The file begins as gzip and cannot be unpacked.</exception>
    /// <exception cref="UnpackedTooLargeException">The file unpacks to more than is allowed.</exception>
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

    /// <summary>Reads what is left and gives the lower-case hex hash of the whole file.</summary>
    public async ValueTask<string> FinishAsync()
    {
        try
        {
            await _next;
        }
        catch (Exception exception) when (exception is InvalidDataException or UnpackedTooLargeException)
        {
            // What cannot be unpacked is hashed all the same.
        }

        return await _stream.FinishAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        ArrayPool<byte>.Shared.Return(_chunk);
        await (_gzip?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _stream.DisposeAsync();
    }

    private async Task<int> FillAsync()
    {
        if (!_isOpen)
        {
            var start = await _stream.PeekAsync(GzipMarkLength, _stop.Token);
            _gzip = start.Span is [0x1F, 0x8B] ? new GZipStream(_stream, CompressionMode.Decompress, leaveOpen: true) : null;
            _isOpen = true;
        }

        var content = (Stream?)_gzip ?? _stream;
        var count = await content.ReadAtLeastAsync(_chunk.AsMemory(0, _chunkBytes), _chunkBytes, throwOnEndOfStream: false, _stop.Token);
        _unpackedBytes += count;
        if (_gzip is null || (_unpackedBytes > 0 && _unpackedBytes <= _maxUnpackedBytes))
        {
            return count;
        }

        // Of a file cut off in its header the framework says nothing.
        throw _unpackedBytes == 0 ? new InvalidDataException("There is nothing in it.") : new UnpackedTooLargeException();
    }
}
