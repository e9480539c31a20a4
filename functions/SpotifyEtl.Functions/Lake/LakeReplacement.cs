namespace SpotifyEtl.Lake;

/// <summary>An object that is replaced by one made from it. Disposed without having been committed, it leaves all as it was.</summary>
public abstract class LakeReplacement : IAsyncDisposable
{
    /// <summary>The object as it is, seekable; null: there is none.</summary>
    public abstract Stream? Before { get; }

    /// <summary>Takes the bytes of the new object. Its writer neither disposes nor seeks it.</summary>
    public abstract Stream After { get; }

    /// <summary>Makes what was written the object, durable and visible all at once.</summary>
    /// <returns>False: somebody replaced the object meanwhile, and it stays as he left it.</returns>
    public abstract Task<bool> TryCommitAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes the object instead.</summary>
    /// <returns>False: somebody replaced the object meanwhile, and it stays as he left it.</returns>
    public abstract Task<bool> TryDeleteAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
