namespace SpotifyEtl.Spotify;

/// <summary>
/// A request that going on to repeat would not mend: no Spotify is at the other end, or one that makes no sense. It never leaves the room, where it
/// becomes one of the three kinds of failure.
/// </summary>
/// <param name="message">What was received and what to do, without the playlist.</param>
/// <param name="tries">How often the request is made before that is certain.</param>
/// <param name="innerException">What the request failed with, if that was an exception.</param>
internal sealed class HopelessRequestException(string message, int tries, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>For what is nearly always lasting.</summary>
    public const int AFewTries = 3;

    /// <summary>For what is certain at once.</summary>
    public const int OneTry = 1;

    public int Tries { get; } = tries;

    /// <summary>Whether the step as a whole is worth another try.</summary>
    public bool MayPassLater { get; init; }
}
