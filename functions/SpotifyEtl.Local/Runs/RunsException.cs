namespace SpotifyEtl.Local.Runs;

/// <summary>What was asked of a run cannot be done as it is now.</summary>
internal sealed class RunsException(string message, Exception? innerException = null) : Exception(message, innerException);
