using Microsoft.Win32.SafeHandles;

namespace SpotifyEtl.Local.Lake;

/// <summary>
/// A lock that many hold together or one alone, in whichever processes: a file that is held open, and by that locked, until the handle is disposed of or its
/// process has died. It stays when it is let go, as two who deleted and made it at once would hold one each.
/// </summary>
internal sealed class FolderGate(string path)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(1);

    public string Path => path;

    /// <summary>Whether it was made.</summary>
    public bool IsThere => File.Exists(path);

    /// <summary>Makes it, if it is not there. Its folder must be.</summary>
    public void Make()
    {
        try
        {
            using var made = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        }
        catch (IOException exception) when (FolderFailure.IsHeldByAnother(exception))
        {
            // Another made it, and holds it alone.
        }
    }

    /// <summary>Waits until nobody holds it alone, and holds it together with others.</summary>
    /// <exception cref="IOException">It was not made, or cannot be opened.</exception>
    public ValueTask<SafeFileHandle> HoldTogetherAsync(CancellationToken cancellationToken) =>
        HoldAsync(FileAccess.Read, FileShare.Read, cancellationToken);

    /// <summary>Waits until nobody holds it, and holds it alone.</summary>
    /// <exception cref="IOException">It was not made, or cannot be opened.</exception>
    public ValueTask<SafeFileHandle> HoldAloneAsync(CancellationToken cancellationToken) =>
        HoldAsync(FileAccess.ReadWrite, FileShare.None, cancellationToken);

    private async ValueTask<SafeFileHandle> HoldAsync(FileAccess access, FileShare share, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return File.OpenHandle(path, FileMode.Open, access, share);
            }
            catch (IOException exception) when (FolderFailure.IsHeldByAnother(exception))
            {
                await Task.Delay(s_poll, TimeProvider.System, cancellationToken);
            }
        }
    }
}
