namespace SpotifyEtl.Errors;

/// <summary>A failure that repeating does not mend.</summary>
public sealed class PermanentEtlException(string message, Exception? innerException = null) : EtlException(message, innerException)
{
    /// <summary>Whether it failed for want of a permission.</summary>
    public bool IsAccessDenied { get; init; }
}
