namespace SpotifyEtl.Spotify;

/// <summary>Spotify wants to be left alone until a time. It never leaves the extraction, which hands the time on.</summary>
internal sealed class SpotifyBusyException(RateLimit limit, DateTimeOffset until)
    : Exception($"Spotify asks to wait until {until:u}.")
{
    public RateLimit Limit { get; } = limit;

    public DateTimeOffset Until { get; } = until;
}
