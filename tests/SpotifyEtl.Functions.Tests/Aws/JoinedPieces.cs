namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>Reads pieces one after another.</summary>
internal sealed class JoinedPieces(IReadOnlyList<S3Piece> pieces) : Stream
{
    private int _next;
    private Stream? _current;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => pieces.Sum(piece => piece.Size);

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (Open() is { } piece)
        {
            var read = await piece.ReadAsync(buffer, cancellationToken);
            if (read > 0)
            {
                return read;
            }

            Close(piece);
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (Open() is { } piece)
        {
            var read = piece.Read(buffer, offset, count);
            if (read > 0)
            {
                return read;
            }

            Close(piece);
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Only before the first read.</summary>
    public override long Seek(long offset, SeekOrigin origin)
    {
        for (; _next < pieces.Count && offset >= pieces[_next].Size; _next++)
        {
            offset -= pieces[_next].Size;
        }

        Open()?.Seek(offset, SeekOrigin.Begin);
        return offset;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current?.Dispose();
        }

        base.Dispose(disposing);
    }

    private Stream? Open() => _current ??= _next < pieces.Count ? pieces[_next++].Open() : null;

    private void Close(Stream piece)
    {
        piece.Dispose();
        _current = null;
    }
}
