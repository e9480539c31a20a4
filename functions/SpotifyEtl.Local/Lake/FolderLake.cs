using System.Runtime.CompilerServices;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Lake;

/// <summary>
/// A lake in a folder, keys being paths in it. An object appears under its key whole and on the disk, or not at all, whenever the process
/// is killed; a move is a rename. After a loss of power the file system's journal may still undo the last renames, never a file's content:
/// the files are synced, their folders are not, as .NET opens no folder. Files and folders whose name begins with a dot are no objects.
/// </summary>
public sealed class FolderLake : ILake
{
    // Parquet's writer hands on a few bytes at a time.
    private const int ReplacementBufferBytes = 64 * 1024;

    private readonly FolderTemporaries _temporaries;

    /// <param name="folder">The folder, which need not exist. <see cref="LakeUri.FolderOf"/> reads it from a setting.</param>
    public FolderLake(string folder)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Location = $"file:{Root}";
        _temporaries = new FolderTemporaries(Root);
        Changes = new FolderChanges(Root);
    }

    public string Location { get; }

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>What has changed since it was last crawled.</summary>
    internal FolderChanges Changes { get; }

    /// <inheritdoc />
    /// <remarks>The folder exists then, and what killed processes left in <c>.tmp</c> is gone. The files that living processes write there stay.</remarks>
    /// <exception cref="PermanentEtlException">The folder cannot be written: the message says why.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            _temporaries.Sweep();
            _temporaries.Probe();
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw new PermanentEtlException(
                $"The lake folder {Root} cannot be written: {FolderFailure.Reason(exception)}. "
                + "Make it writable for this user, or choose another folder with --lake.",
                exception);
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<LakeObject> ListAsync(
        string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        FolderKey.CheckPrefix(prefix);
        string? sound = null;
        foreach (var key in await Task.Run(() => Keys(prefix, startAfter, cancellationToken), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (key == sound)
            {
                // The name of another file is not UTF-8 and reads like this one's: under it there is this one, until it has moved.
                continue;
            }

            var fault = LakeKeys.RawNameIn(key) is { } name ? FaultOfName(name) ?? ReadableFile.Fault(ListedPathOf(key)) : null;
            if (fault is not null)
            {
                yield return new LakeObject(key, SizeBytes: 0) { Fault = fault };
            }
            else if (FileAt(key) is { } file)
            {
                sound = key;
                yield return new LakeObject(file.Key, file.SizeBytes);
            }
        }
    }

    public Task<LakeObject?> FindAsync(string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FolderKey.Check(key);
        return Task.FromResult(FileAt(key) is { } file ? new LakeObject(file.Key, file.SizeBytes) : null);
    }

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(OpenRead(key));
    }

    public Task<LakeObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<LakeObjectWriter>(Create(key, bufferBytes: 0));
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(key);
        LakeCalls.Count(LakeOperation.Delete);
        try
        {
            // Most tables of a file that have no rows had none before.
            if (Path.Exists(path))
            {
                using var change = await Changes.BeginAsync(key, cancellationToken);
                File.Delete(path);
            }
        }
        catch (DirectoryNotFoundException)
        {
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw FolderFailure.Of(exception, "delete", key, path);
        }
    }

    public Task MoveAsync(string sourceKey, string destinationKey, string sha256, CancellationToken cancellationToken = default) =>
        new FolderMove(this, sourceKey, destinationKey).MakeAsync(sha256, cancellationToken);

    public Task SetAsideAsync(string sourceKey, string destinationKey, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        new FolderMove(this, sourceKey, destinationKey).SetAside();
        return Task.CompletedTask;
    }

    public string? FaultOfName(string rawFileName) => RawNames.Fault(rawFileName, FolderKey.LongestNameBytes, mostKeyBytes: int.MaxValue)
        ?? (FolderKey.IsValid(rawFileName) ? null : "its name holds a character that no file's name may hold here");

    public async Task UpdateAsync(string key, Func<byte[]?, byte[]?> change, CancellationToken cancellationToken = default)
    {
        await using var held = await FolderUpdateLock.TakeAsync(Root, "update", key, cancellationToken);
        byte[]? before = null;
        try
        {
            await using var stream = OpenRead(key);
            using MemoryStream all = new();
            await stream.CopyToAsync(all, cancellationToken);
            before = all.ToArray();
        }
        catch (LakeObjectNotFoundException)
        {
            // It is written for the first time.
        }

        if (change(before) is { } after)
        {
            await using var writer = await CreateAsync(key, cancellationToken);
            await writer.Stream.WriteAsync(after, cancellationToken);
            await writer.CommitAsync(cancellationToken);
        }
    }

    public async Task<LakeReplacement> BeginReplacementAsync(string key, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        var held = await FolderUpdateLock.TakeAsync(Root, "replace", key, cancellationToken);
        try
        {
            return new FolderReplacement(this, key, held, OpenSeekable(key), Create(key, ReplacementBufferBytes));
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            await held.DisposeAsync();
            throw FolderFailure.Of(exception, "replace", key, path);
        }
    }

    /// <summary>The full path of the object with this key.</summary>
    /// <exception cref="PermanentEtlException">The key is none.</exception>
    internal string PathOf(string key)
    {
        FolderKey.Check(key);
        return Path.Combine(Root, Path.DirectorySeparatorChar == '/' ? key : key.Replace('/', Path.DirectorySeparatorChar));
    }

    /// <summary>The full path of what a listing shows, whose name may be none of a key.</summary>
    internal string ListedPathOf(string key) => LakeKeys.RawNameIn(key) is { } name ? Path.Combine(PathOf(key[..^(name.Length + 1)]), name) : PathOf(key);

    internal Stream OpenRead(string key) => FolderFiles.OpenRead(key, PathOf(key));

    /// <summary>The file of an object, to be read in any order; null: there is none.</summary>
    internal FileStream? OpenSeekable(string key) => FolderFiles.OpenSeekable(key, PathOf(key));

    /// <summary>The files whose key begins with <paramref name="prefix"/>, in ordinal order of key.</summary>
    internal IEnumerable<FolderFile> Files(string prefix, CancellationToken cancellationToken) =>
        Keys(prefix, startAfter: null, cancellationToken).Select(FileAt).OfType<FolderFile>();

    private FolderObjectWriter Create(string key, int bufferBytes)
    {
        var path = PathOf(key);
        LakeCalls.Count(LakeOperation.Write);
        try
        {
            return new FolderObjectWriter(_temporaries.Create(FileOptions.None, bufferBytes), key, path, Changes);
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw FolderFailure.Of(exception, "write", key, path);
        }
    }

    private List<string> Keys(string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        LakeCalls.Count(LakeOperation.List);
        try
        {
            return FolderListing.Keys(Root, prefix, startAfter, cancellationToken);
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw FolderFailure.Of(exception, "list", prefix, Root);
        }
    }

    /// <summary>The object's file; null when there is none.</summary>
    internal FolderFile? FileAt(string key)
    {
        var path = PathOf(key);
        LakeCalls.Count(LakeOperation.Find);
        try
        {
            var info = new FileInfo(path);
            return new FolderFile(key, info.Length, new DateTimeOffset(info.LastWriteTimeUtc));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw FolderFailure.Of(exception, "find", key, path);
        }
    }
}
