namespace EmbeddedHost;

/// <summary>The host cannot start, as a setting is not allowed. The message names it and what is allowed.</summary>
public sealed class HostConfigurationException : EmbeddedHostException
{
    /// <summary>An exception with a message for people.</summary>
    public HostConfigurationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
