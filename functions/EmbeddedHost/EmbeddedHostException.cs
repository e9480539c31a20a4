namespace EmbeddedHost;

/// <summary>The host cannot start: its state folder is held, unusable or not its own, or a setting is not allowed. The message says what to do.</summary>
public class EmbeddedHostException : Exception
{
    /// <summary>An exception with a message for people.</summary>
    public EmbeddedHostException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
