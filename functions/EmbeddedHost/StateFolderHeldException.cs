using DurableTask.Sqlite;

namespace EmbeddedHost;

/// <summary>The host cannot start, as another process holds its state folder.</summary>
public sealed class StateFolderHeldException : EmbeddedHostException
{
    /// <summary>An exception for a folder and who holds it.</summary>
    public StateFolderHeldException(string folder, StoreHolder? holder, Exception? innerException = null)
        : base(
            $"The state folder {folder} is held by {holder?.ToString() ?? "another process"}. Wait until it ends, stop it, or use another state folder.",
            innerException) =>
        Holder = holder;

    /// <summary>Who holds it; null when that cannot be read.</summary>
    public StoreHolder? Holder { get; }
}
