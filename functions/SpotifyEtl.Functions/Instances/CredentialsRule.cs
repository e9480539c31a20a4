using Microsoft.Extensions.Options;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Instances;

/// <summary>Playlists and other sources are extracted with the app's credentials, and a user's with the user's token, or not at all.</summary>
public sealed class CredentialsRule(IOptions<SpotifyOptions> spotify) : IRunRule
{
    public string? Refusal(RunRequest request)
    {
        var sources = request.Sources ?? [];
        if (request.Playlists.Count + sources.Count == 0)
        {
            return null;
        }

        return spotify.Value.HasCredentials
            ? sources.Select(Fault).FirstOrDefault(fault => fault is not null)
            : $"Spotify__ClientId and Spotify__ClientSecret are not set: without them Spotify gives no playlist ({request.Playlists.Concat(sources).First()}). "
                + "Set both, from the app's page at https://developer.spotify.com/dashboard.";
    }

    private string? Fault(string source) => SourceId.TryParse(source, out var id, out var error) ? spotify.Value.UserFault(id) : error;
}
