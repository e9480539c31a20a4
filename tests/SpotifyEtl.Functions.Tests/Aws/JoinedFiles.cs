namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>Reads files one after another.</summary>
internal sealed class JoinedFiles(IReadOnlyList<string> files) : Stream
{
    private int _next;
    private FileStream? _current;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => files.Sum(file => new FileInfo(file).Length);

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (Open() is { } file)
        {
            var read = await file.ReadAsync(buffer, cancellationToken);
            if (read > 0)
            {
                return read;
            }

            Close(file);
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (Open() is { } file)
        {
            var read = file.Read(buffer, offset, count);
            if (read > 0)
            {
                return read;
            }

            Close(file);
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Only before the first read.</summary>
    public override long Seek(long offset, SeekOrigin origin)
    {
        for (; _next < files.Count && offset >= new FileInfo(files[_next]).Length; _next++)
        {
            offset -= new FileInfo(files[_next]).Length;
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

    private FileStream? Open() =>
        _current ??= _next < files.Count
            ? new FileStream(files[_next++], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, useAsync: false)
            : null;

    private void Close(FileStream file)
    {
        file.Dispose();
        _current = null;
    }
}
