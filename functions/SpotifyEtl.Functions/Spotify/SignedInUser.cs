using System.Collections.ObjectModel;
using Microsoft.Extensions.Options;
using SpotifyAPI.Web;

namespace SpotifyEtl.Spotify;

/// <summary>Who the user is whose refresh token is set: Spotify is asked once for the token.</summary>
public sealed class SignedInUser(SpotifyApi api, IOptions<SpotifyOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private (string Token, SpotifyUser User)? _known;

    internal async Task<SpotifyUser> GetAsync(CancellationToken cancellationToken)
    {
        var token = options.Value.RefreshToken ?? "";
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_known is not { } known || known.Token != token)
            {
                var user = await api.GetAsync(SpotifyUrls.Me(), ReadOnlyDictionary<string, string>.Empty, SpotifyUser.Parse, cancellationToken);
                _known = known = (token, user);
            }

            return known.User;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
