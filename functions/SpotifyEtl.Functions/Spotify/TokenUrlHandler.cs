using Microsoft.Extensions.Options;
using SpotifyAPI.Web;

namespace SpotifyEtl.Spotify;

/// <summary>Sends token requests, whose address the client package fixes, to the one in the settings.</summary>
internal sealed class TokenUrlHandler(IOptions<SpotifyOptions> options) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri == SpotifyUrls.OAuthToken)
        {
            request.RequestUri = SpotifyAddresses.Token(options.Value);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
