using System.Text;

namespace SpotifyEtl.Local.Lake;

/// <summary>
/// Lets one update of an object follow another, in whichever process. A lock is a file that is held open, one of a few by the object's key; it stays
/// when it is let go, as two who deleted and made it at once would hold one each.
/// </summary>
internal static class FolderUpdateLock
{
    private const int Locks = 16;
    private const string Folder = ".locks";

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits for the lock of a key.</summary>
    /// <param name="root">The lake's folder.</param>
    /// <param name="purpose">What is done under the lock: those of other purposes are no hindrance.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<IAsyncDisposable> TakeAsync(string root, string purpose, string key, CancellationToken cancellationToken)
    {
        var number = Encoding.UTF8.GetBytes(key).Aggregate(0u, (hash, part) => (hash * 31) + part) % Locks;
        var path = Path.Combine(root, Folder, $"{purpose}-{number}");
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException exception) when (FolderFailure.IsHeldByAnother(exception))
            {
                await Task.Delay(s_poll, TimeProvider.System, cancellationToken);
            }
            catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
            {
                throw FolderFailure.Of(exception, purpose, key, path);
            }
        }
    }
}
