using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Lake;

/// <summary>Says what a failure of the file system means for the pipeline, and what to do about it.</summary>
internal static class FolderFailure
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsLockViolation = unchecked((int)0x80070021);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    // On Unix, .NET puts the errno into HResult. These are Linux's numbers and, where they differ, macOS's.
    private static readonly HashSet<int> s_diskFull = [28 /* ENOSPC */, 122, 69 /* EDQUOT */, WindowsHandleDiskFull, WindowsDiskFull];

    private static readonly HashSet<int> s_mayPass =
    [
        4 /* EINTR */, 5 /* EIO */, 11, 35 /* EAGAIN: locked by another process */, 16 /* EBUSY */, 23 /* ENFILE */, 24 /* EMFILE */,
        116, 70 /* ESTALE */, 110, 60 /* ETIMEDOUT */, WindowsSharingViolation, WindowsLockViolation,
    ];

    /// <summary>Whether a file could not be opened since another process, or another part of this one, has it open for itself.</summary>
    public static bool IsHeldByAnother(IOException exception) => exception.HResult is 11 or 35 or WindowsSharingViolation or WindowsLockViolation;

    /// <summary>Whether an exception is the file system's.</summary>
    public static bool IsOfFileSystem(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The pipeline's exception for a failure to <paramref name="action"/> (read, write, …) the object.</summary>
    public static EtlException Of(Exception exception, string action, string key, string path)
    {
        var what = $"Cannot {action} {key} in the lake ({path}): {Reason(exception)}";
        if (exception is IOException && s_diskFull.Contains(exception.HResult))
        {
            return new TransientEtlException($"{what}. Free some disk space; the step can then be repeated.", exception);
        }

        return exception is IOException && s_mayPass.Contains(exception.HResult)
            ? new TransientEtlException($"{what}. The step can be repeated.", exception)
            : new PermanentEtlException($"{what}. Check that the path is right and that this user may read and write it.", exception);
    }

    public static string Reason(Exception exception) => exception.Message.TrimEnd('.');
}
