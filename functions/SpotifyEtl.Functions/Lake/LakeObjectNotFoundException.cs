using SpotifyEtl.Errors;

namespace SpotifyEtl.Lake;

/// <summary>The lake has no object under a key that a step needs.</summary>
public sealed class LakeObjectNotFoundException(string message, Exception? innerException = null) : EtlException(message, innerException);
