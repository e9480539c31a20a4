using System.Security.Cryptography;

namespace SpotifyEtl.Spotify;

/// <summary>Draws the chance part of waits, from 0 up to 1, so that those who wait do not all come back at once.</summary>
public sealed record Jitter(Func<double> Draw)
{
    private const int Steps = 1 << 20;

    public static Jitter Random { get; } = new(() => RandomNumberGenerator.GetInt32(Steps) / (double)Steps);
}
