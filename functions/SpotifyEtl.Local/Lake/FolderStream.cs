namespace SpotifyEtl.Local.Lake;

/// <summary>A file of the lake, read or written from its start, whose failures are the pipeline's exceptions and name the key.</summary>
internal sealed class FolderStream(FileStream file, string key) : Stream
{
    // Long enough for a disk to write it in one go.
    private const long BytesBegun = 8 << 20;

    private long _begun;

    public override bool CanRead => file.CanRead;

    public override bool CanWrite => file.CanWrite;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => file.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return file.Read(buffer);
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw FolderFailure.Of(exception, "read", key, file.Name);
        }
    }

    // On files, the framework's asynchronous calls are these on another thread, and who reads or writes much is on one of his own.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(cancellationToken);
        }

        try
        {
            return ValueTask.FromResult(Read(buffer.Span));
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<int>(exception);
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            file.Write(buffer);
            BeginWriting();
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw FolderFailure.Of(exception, "write", key, file.Name);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        try
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }
        catch (Exception exception)
        {
            // Whoever awaits several at once is told when all have ended.
            return ValueTask.FromException(exception);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // What was written is pushed out by the commit, which a flush must not anticipate.
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // The sync that ends a large file waits for what is left alone.
    private void BeginWriting()
    {
        if (OperatingSystem.IsLinux() && file.Position - _begun >= BytesBegun)
        {
            UnixFiles.BeginWriting(file.SafeFileHandle, _begun, file.Position - _begun);
            _begun = file.Position;
        }
    }

    // A file being written belongs to its LakeObjectWriter, which still has to rename it.
    protected override void Dispose(bool disposing)
    {
        if (disposing && file.CanRead)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
