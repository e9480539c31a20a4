namespace EmbeddedHost;

/// <summary>
/// The host cannot start: its state folder is held, unusable or not its own, or a setting is not allowed. Or its state cannot be written: the
/// disk is full or read-only. The message says what to do.
/// </summary>
public class EmbeddedHostException : Exception
{
    /// <summary>An exception with a message for people.</summary>
    public EmbeddedHostException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
