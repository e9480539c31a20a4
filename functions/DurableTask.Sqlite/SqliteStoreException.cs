namespace DurableTask.Sqlite;

/// <summary>
/// The database file cannot be opened, or not be written: it is damaged, not of this provider or of a later version; or its disk is full,
/// read-only or gone. The message says what is wrong with which file, and what to do.
/// </summary>
public class SqliteStoreException : Exception
{
    /// <summary>An exception with a message for people.</summary>
    public SqliteStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
