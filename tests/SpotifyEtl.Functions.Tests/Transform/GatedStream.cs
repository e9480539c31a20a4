namespace SpotifyEtl.Functions.Tests.Transform;

/// <summary>Finishes its writes only after a gate has opened, and refuses to be written to before that.</summary>
internal sealed class GatedStream(Stream inner, Task gate) : Stream
{
    private int _writers;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _writers) > 1)
        {
            throw new InvalidOperationException("Two writes at once.");
        }

        await gate.WaitAsync(cancellationToken);
        await inner.WriteAsync(buffer, cancellationToken);
        Interlocked.Decrement(ref _writers);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
