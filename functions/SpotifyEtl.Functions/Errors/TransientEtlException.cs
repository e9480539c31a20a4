namespace SpotifyEtl.Errors;

/// <summary>A failure that may pass: the step is worth repeating.</summary>
public sealed class TransientEtlException(string message, Exception? innerException = null) : EtlException(message, innerException);
