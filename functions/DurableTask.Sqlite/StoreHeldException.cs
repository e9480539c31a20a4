namespace DurableTask.Sqlite;

/// <summary>The database file cannot be opened, as another process, or another service of this one, holds it.</summary>
public sealed class StoreHeldException : SqliteStoreException
{
    /// <summary>An exception for a file and who holds it.</summary>
    public StoreHeldException(string path, StoreHolder? holder, Exception? innerException = null)
        : base(
            $"The database {path} is held by {holder?.ToString() ?? "another process"}. Wait until it ends, stop it, or use another file.",
            innerException) =>
        Holder = holder;

    /// <summary>Who holds it; null when that cannot be read.</summary>
    public StoreHolder? Holder { get; }
}
