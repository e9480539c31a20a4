namespace SpotifyEtl.Errors;

/// <summary>A failure of the pipeline whose message says what happened, on which key or id, and what to do. It holds no secret.</summary>
public abstract class EtlException(string message, Exception? innerException) : Exception(message, innerException);
