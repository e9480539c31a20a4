namespace SpotifyEtl.Lake;

/// <summary>An object being written. Disposed without a commit, it leaves no trace.</summary>
public abstract class LakeObjectWriter : IAsyncDisposable
{
    /// <summary>Takes the bytes. Its writer neither disposes nor seeks it.</summary>
    public abstract Stream Stream { get; }

    /// <summary>Makes the object durable and visible under its key, all at once.</summary>
    public abstract Task CommitAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
