using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Lake;

/// <summary>Replaces a file of the lake, and holds its lock until that is done: nobody else replaces it meanwhile.</summary>
internal sealed class FolderReplacement(FolderLake lake, string key, IAsyncDisposable held, FileStream? before, LakeObjectWriter after) : LakeReplacement
{
    public override Stream? Before => before;

    public override Stream After => after.Stream;

    public override async Task<bool> TryCommitAsync(CancellationToken cancellationToken = default)
    {
        await after.CommitAsync(cancellationToken);
        return true;
    }

    public override async Task<bool> TryDeleteAsync(CancellationToken cancellationToken = default)
    {
        await lake.DeleteAsync(key, cancellationToken);
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        await after.DisposeAsync();
        await (before?.DisposeAsync() ?? ValueTask.CompletedTask);
        await held.DisposeAsync();
    }
}
