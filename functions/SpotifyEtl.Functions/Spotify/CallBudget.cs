namespace SpotifyEtl.Spotify;

/// <summary>What one call may still spend on repetitions, over all the ways in which it can fail.</summary>
internal sealed class CallBudget
{
    public const int MaxFailures = 6;
    public const int MaxWaits = 5;

    private int _waits;
    private bool _renewed;

    /// <summary>Failures so far that were worth a repetition.</summary>
    public int Failures { get; private set; }

    /// <summary>Whether one more failure may be followed by a repetition.</summary>
    public bool TakeFailure() => Failures < MaxFailures && ++Failures > 0;

    /// <summary>Whether one more short rate limit may be waited for here.</summary>
    public bool TakeWait() => _waits < MaxWaits && ++_waits > 0;

    /// <summary>Whether a refused token may be renewed: once.</summary>
    public bool TakeRenewal() => !_renewed && (_renewed = true);
}
