namespace SpotifyEtl.Errors;

/// <summary>A setting that is missing or not allowed: the app does not start with it.</summary>
public sealed class EtlConfigurationException(string message, Exception? innerException = null) : EtlException(message, innerException);
