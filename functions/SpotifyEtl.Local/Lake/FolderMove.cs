using System.Security.Cryptography;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Lake;

/// <summary>A move in a folder lake: a rename, which may have been made by an earlier try.</summary>
internal sealed class FolderMove(FolderLake lake, string sourceKey, string destinationKey)
{
    /// <summary>Moves an object of these bytes.</summary>
    /// <exception cref="LakeObjectNotFoundException">It is not there, nor where it should go.</exception>
    public async Task MakeAsync(string sha256, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var source = lake.PathOf(sourceKey);
        if (!TryRename(destination => File.Move(source, destination, overwrite: true)))
        {
            await CheckMovedAsync(sha256, cancellationToken);
        }
    }

    /// <summary>Moves what a listing shows with a fault, without looking at it.</summary>
    public void SetAside()
    {
        var source = lake.ListedPathOf(sourceKey);
        TryRename(destination =>
        {
            if (ReadableFile.IsNameUnreadable(source))
            {
                UnixFiles.TryRenameUnreadable(Path.GetDirectoryName(source)!, Path.GetFileName(source), destination);
            }
            else
            {
                File.Move(source, destination, overwrite: true);
            }
        });
    }

    // False: there is nothing to move.
    private bool TryRename(Action<string> rename)
    {
        LakeCalls.Count(LakeOperation.Copy);
        var destination = lake.PathOf(destinationKey);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            rename(destination);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw FolderFailure.Of(exception, $"move {sourceKey} to", destinationKey, destination);
        }
    }

    private async Task CheckMovedAsync(string sha256, CancellationToken cancellationToken)
    {
        string found;
        try
        {
            await using var destination = lake.OpenRead(destinationKey);
            found = Convert.ToHexStringLower(await SHA256.HashDataAsync(destination, cancellationToken));
        }
        catch (LakeObjectNotFoundException exception)
        {
            throw new LakeObjectNotFoundException($"Cannot move {sourceKey} to {destinationKey}: neither of them is in the lake ({lake.Root}).", exception);
        }

        if (!found.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new LakeObjectNotFoundException(
                $"Cannot move {sourceKey} to {destinationKey}: the first is not in the lake ({lake.Root}), "
                + $"and the second holds other bytes (sha256 {found}, not {sha256}).");
        }
    }
}
