using System.Buffers;

namespace SpotifyEtl.Transform.Json;

/// <summary>The part of a raw file that is in memory: what has been read from its stream and not yet been used.</summary>
internal sealed class RawFileWindow : IAsyncDisposable
{
    private readonly ChunkReader _chunks;
    private readonly int _chunkBytes;
    private readonly byte[] _pooled;
    private byte[] _buffer;
    private int _start;
    private int _end;

    // Of the first byte in the buffer, used or not.
    private long _bufferOffset;
    private long _bufferLine = 1;
    private long _bufferLineOffset;

    public RawFileWindow(Stream stream, int chunkBytes, long maxUnpackedBytes, CancellationToken cancellationToken)
    {
        _chunks = new ChunkReader(stream, chunkBytes, maxUnpackedBytes, cancellationToken);
        _chunkBytes = chunkBytes;
        _pooled = ArrayPool<byte>.Shared.Rent(2 * chunkBytes);
        _buffer = _pooled;
    }

    /// <summary>The bytes not yet used. They stay as they are until the next <see cref="FillAsync"/>.</summary>
    public ArraySegment<byte> Unused => new(_buffer, _start, _end - _start);

    /// <summary>Where in the file <see cref="Unused"/> begins.</summary>
    public long Offset => _bufferOffset + _start;

    public void Use(int count) => _start += count;

    /// <summary>
    /// Reads on: a chunk, or as much again as is unused, so that a long row is looked at a few times only.
    /// </summary>
    /// <returns>False at the file's end.</returns>
    public async ValueTask<bool> FillAsync()
    {
        if (_chunks.AtEnd)
        {
            return false;
        }

        var wanted = Unused.Count + Math.Max(_chunkBytes, Unused.Count);
        MakeRoomFor(wanted + _chunkBytes);
        while (Unused.Count < wanted && !_chunks.AtEnd)
        {
            _end += await _chunks.ReadAsync(_buffer.AsMemory(_end));
        }

        return true;
    }

    /// <summary>Drops everything before <paramref name="offset"/>.</summary>
    public async ValueTask SkipToAsync(long offset)
    {
        while (offset - Offset > Unused.Count)
        {
            Use(Unused.Count);
            if (!await FillAsync())
            {
                return;
            }
        }

        Use((int)(offset - Offset));
    }

    /// <summary>Reads the file to its end and gives the lower-case hex hash of all its bytes.</summary>
    public ValueTask<string> FinishAsync() => _chunks.FinishAsync();

    /// <summary>The place at an offset that is still in the buffer.</summary>
    public FilePosition Locate(long offset)
    {
        var before = _buffer.AsSpan(0, (int)(offset - _bufferOffset));
        var lineOffset = before.LastIndexOf((byte)'\n') is >= 0 and var last ? _bufferOffset + last + 1 : _bufferLineOffset;
        return new FilePosition(offset, _bufferLine + before.Count((byte)'\n'), offset - lineOffset);
    }

    /// <summary>How far into <see cref="Unused"/> a line begins, given how many lines after the one in which they begin themselves.</summary>
    public int OffsetOfUnusedLine(long linesAfter)
    {
        var offset = 0;
        for (var line = 0; line < linesAfter; line++)
        {
            offset += Unused.AsSpan(offset).IndexOf((byte)'\n') + 1;
        }

        return offset;
    }

    public async ValueTask DisposeAsync()
    {
        await _chunks.DisposeAsync();
        ArrayPool<byte>.Shared.Return(_pooled);
    }

    private void MakeRoomFor(int count)
    {
        var used = Locate(Offset);
        var unused = Unused;
        if (_buffer.Length < count)
        {
            // Only a giant row needs it: not for the pool, which would round it up and keep it.
            _buffer = GC.AllocateUninitializedArray<byte>(count);
            unused.AsSpan().CopyTo(_buffer);
        }
        else
        {
            unused.AsSpan().CopyTo(_buffer);
        }

        _bufferOffset = used.Offset;
        _bufferLine = used.Line;
        _bufferLineOffset = used.Offset - used.ByteInLine;
        (_start, _end) = (0, unused.Count);
    }
}
