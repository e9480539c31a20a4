namespace SpotifyEtl.Spotify;

/// <summary>How long is waited before a request is repeated.</summary>
internal static class SpotifyWaits
{
    /// <summary>The longest Retry-After that is waited for inside a call; a longer one is the orchestrator's.</summary>
    public static readonly TimeSpan LongestInCall = TimeSpan.FromSeconds(30);

    /// <summary>The wait when a rate limit comes without a time: Spotify counts requests over the last 30 seconds.</summary>
    public static readonly TimeSpan WhenNotTold = TimeSpan.FromSeconds(30);

    /// <summary>The wait when a spent quota comes without a time.</summary>
    public static readonly TimeSpan QuotaWhenNotTold = TimeSpan.FromHours(1);

    /// <summary>How long all other requests hold back when one was told to wait for long: whether they must too, they are told themselves.</summary>
    public static readonly TimeSpan OthersAfterLongLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_longestBackOff = TimeSpan.FromSeconds(16);

    /// <summary>The wait after the nth failure in a row: 1, 2, 4, 8 and from then on 16 s, of which chance takes away up to half.</summary>
    public static TimeSpan BackOff(int failures, double chance)
    {
        var full = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 10) - 1));
        return (full < s_longestBackOff ? full : s_longestBackOff) * (1 - (chance / 2));
    }

    /// <summary>The wait for a short Retry-After: what was asked for, and by chance up to a tenth and a quarter of a second more, never less.</summary>
    public static TimeSpan AfterLimit(TimeSpan asked, double chance) =>
        asked == TimeSpan.Zero ? asked : asked + (chance * ((asked / 10) + TimeSpan.FromMilliseconds(250)));
}
