using System.Globalization;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>A request that came to the server.</summary>
internal sealed record Asked(string Path, IReadOnlyDictionary<string, string> Query, DateTimeOffset At)
{
    public int? Number(string name) => Query.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public bool IsPage => Path.EndsWith("/items", StringComparison.Ordinal)
        || Path.EndsWith("/tracks", StringComparison.Ordinal)
        || Path is "/v1/me/playlists" or "/v1/me/player/recently-played";
}
