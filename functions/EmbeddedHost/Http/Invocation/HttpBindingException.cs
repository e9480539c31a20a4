namespace EmbeddedHost.Http.Invocation;

/// <summary>A request does not fit a function's parameters.</summary>
internal sealed class HttpBindingException(int status, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The status to answer it with.</summary>
    public int Status { get; } = status;
}
