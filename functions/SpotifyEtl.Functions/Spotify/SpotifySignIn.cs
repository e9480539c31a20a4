using SpotifyAPI.Web;
using SpotifyAPI.Web.Http;

namespace SpotifyEtl.Spotify;

/// <summary>Asks the accounts service for a new token, as the app itself or as the user whose refresh token is set.</summary>
internal sealed class SpotifySignIn(SpotifyOptions options)
{
    // Kept for the process, since a renewal may change the refresh token.
    private readonly AuthorizationCodeAuthenticator? _user = string.IsNullOrEmpty(options.RefreshToken)
        ? null
        : new AuthorizationCodeAuthenticator(
            options.ClientId!, options.ClientSecret!, new AuthorizationCodeTokenResponse { RefreshToken = options.RefreshToken });

    /// <summary>The refresh token in use, if a user is signed in.</summary>
    public string? RefreshToken => _user?.InitialToken.RefreshToken;

    /// <summary>A new token: the header that signs with it, the token itself if it came, and for how long it holds.</summary>
    public async Task<(string Header, string? AccessToken, TimeSpan Lifetime)> RequestAsync(IAPIConnector connector)
    {
        Request carrier = new(SpotifyAddresses.Api(options), SpotifyUrls.TopTracks(), HttpMethod.Get, new Dictionary<string, string>(StringComparer.Ordinal));
        if (_user is null)
        {
            ClientCredentialsAuthenticator app = new(options.ClientId!, options.ClientSecret!);
            await app.Apply(carrier, connector);
            return (carrier.Headers["Authorization"], app.Token?.AccessToken, TimeSpan.FromSeconds(app.Token?.ExpiresIn ?? 0));
        }

        // The package renews only what has expired by the machine's clock.
        (_user.InitialToken.ExpiresIn, _user.InitialToken.CreatedAt) = (0, DateTime.UnixEpoch);
        await _user.Apply(carrier, connector);
        return (carrier.Headers["Authorization"], _user.InitialToken.AccessToken, TimeSpan.FromSeconds(_user.InitialToken.ExpiresIn));
    }
}
