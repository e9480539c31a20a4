using Microsoft.Extensions.Options;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Instances;

/// <summary>Playlists are extracted with the app's credentials, or not at all.</summary>
public sealed class CredentialsRule(IOptions<SpotifyOptions> spotify) : IRunRule
{
    public string? Refusal(RunRequest request) => request.Playlists.Count == 0 || spotify.Value.HasCredentials
        ? null
        : $"Spotify__ClientId and Spotify__ClientSecret are not set: without them Spotify gives no playlist ({request.Playlists[0]}). "
            + "Set both, from the app's page at https://developer.spotify.com/dashboard.";
}
