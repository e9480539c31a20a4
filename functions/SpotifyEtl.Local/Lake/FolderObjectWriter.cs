using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Lake;

/// <summary>
/// Writes a file under a temporary name, pushes it to the disk and renames it over the object's path. The file stays open, and by that
/// locked, until then: a sweep tells the file of a living writer from one that a killed process left.
/// </summary>
internal sealed class FolderObjectWriter(FileStream file, string key, string path, FolderChanges changes) : LakeObjectWriter
{
    private readonly FolderStream _stream = new(file, key);
    private bool _committed;

    public override Stream Stream => _stream;

    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_committed)
        {
            throw new InvalidOperationException($"{key} is committed already.");
        }

        try
        {
            file.Flush(flushToDisk: true);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var change = await changes.BeginAsync(key, cancellationToken);
            File.Move(file.Name, path, overwrite: true);
        }
        catch (FileNotFoundException exception)
        {
            throw new TransientEtlException($"Cannot write {key}: its temporary file {file.Name} was deleted meanwhile. The step can be repeated.", exception);
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw FolderFailure.Of(exception, "write", key, path);
        }

        _committed = true;
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await file.DisposeAsync();
            if (!_committed)
            {
                File.Delete(file.Name);
            }
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception) && !_committed)
        {
            // Nobody sees the temporary file, and the next sweep takes it.
        }
    }
}
