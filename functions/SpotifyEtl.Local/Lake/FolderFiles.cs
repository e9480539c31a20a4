using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Lake;

/// <summary>Opens the files of a lake to be read.</summary>
internal static class FolderFiles
{
    /// <summary>The file of an object, to be read once from the start.</summary>
    /// <exception cref="LakeObjectNotFoundException">There is none.</exception>
    public static Stream OpenRead(string key, string path)
    {
        LakeCalls.Count(LakeOperation.Read);
        try
        {
            // To open a named pipe would wait until somebody writes to it.
            if (OperatingSystem.IsLinux() && UnixFiles.Fault(path) is { } fault)
            {
                throw new PermanentEtlException($"Cannot read {key} in the lake ({path}): {fault}.");
            }

            // Who reads it has a buffer of his own.
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            return new FolderStream(file, key);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LakeObjectNotFoundException($"The lake has no object {key} ({path}).", exception);
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw FolderFailure.Of(exception, "read", key, path);
        }
    }

    /// <summary>The file of an object, to be read in any order; null: there is none.</summary>
    public static FileStream? OpenSeekable(string key, string path)
    {
        LakeCalls.Count(LakeOperation.Read);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw FolderFailure.Of(exception, "read", key, path);
        }
    }
}
