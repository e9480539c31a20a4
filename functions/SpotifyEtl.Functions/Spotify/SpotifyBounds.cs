namespace SpotifyEtl.Spotify;

/// <summary>How much is taken from Spotify in one answer, and how long it is waited for.</summary>
public sealed record SpotifyBounds
{
    private const int BytesPerMegabyte = 1 << 20;

    public static SpotifyBounds Default { get; } = new();

    /// <summary>The largest body, unpacked: a page of 50 rows has less than one.</summary>
    public int MaxBodyMegabytes { get; init; } = 32;

    public int MaxBodyBytes => MaxBodyMegabytes * BytesPerMegabyte;

    /// <summary>How much of a refusal's body is looked at.</summary>
    public int MaxErrorBytes { get; init; } = 1 << 16;

    /// <summary>From the request to the head of its answer.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From one part of a body to the next.</summary>
    public TimeSpan SilenceTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A whole body, however slowly it comes.</summary>
    public TimeSpan BodyTime { get; init; } = TimeSpan.FromMinutes(5);
}
