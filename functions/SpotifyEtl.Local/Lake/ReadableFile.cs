namespace SpotifyEtl.Local.Lake;

/// <summary>Tells files that can be read from what only lies where a file would, without opening what might never answer.</summary>
internal static class ReadableFile
{
    private const char Unreadable = '\uFFFD';

    /// <summary>What keeps a file from being read, said of it, such as <c>it is a named pipe</c>; null: nothing.</summary>
    public static string? Fault(string path) => !OperatingSystem.IsLinux() ? FaultOfOpening(path)
        : IsNameUnreadable(path) ? SpotifyEtl.Lake.RawNames.NotUtf8
        : UnixFiles.Fault(path);

    /// <summary>Whether a path's name is not UTF-8: as .NET reads it, it leads to nothing.</summary>
    public static bool IsNameUnreadable(string path) =>
        OperatingSystem.IsLinux() && path.Contains(Unreadable, StringComparison.Ordinal) && !UnixFiles.Exists(path);

    private static string? FaultOfOpening(string path)
    {
        try
        {
            using var opened = File.OpenHandle(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read ({FolderFailure.Reason(exception)})";
        }
    }
}
