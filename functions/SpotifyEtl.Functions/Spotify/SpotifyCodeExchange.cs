using Microsoft.Extensions.Options;
using SpotifyAPI.Web;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Spotify;

/// <summary>Exchanges the code that a user's agreement gives for the refresh token that the app signs in with.</summary>
public sealed class SpotifyCodeExchange(
    SpotifyConnectorFactory connectors, SpotifySecrets secrets, SpotifyFailures failures, IOptions<SpotifyOptions> options)
{
    /// <exception cref="PermanentEtlException">The accounts service refuses the code, the app or the address.</exception>
    /// <exception cref="TransientEtlException">It cannot be reached, is out of order, asks to wait, or answers what is no token.</exception>
    public async Task<string> RefreshTokenAsync(string code, Uri redirectUri, CancellationToken cancellationToken)
    {
        secrets.Add(code);
        AuthorizationCodeTokenRequest request = new(options.Value.ClientId!, options.Value.ClientSecret!, code, redirectUri);
        try
        {
            var token = await new OAuthClient(connectors.Create()).RequestToken(request, cancellationToken);
            secrets.Add(token?.AccessToken);
            secrets.Add(token?.RefreshToken);
            return token?.RefreshToken is { Length: > 0 } refreshToken
                ? refreshToken
                : throw new TransientEtlException(
                    "Spotify's accounts service answered, but not with a refresh token. Authorize again; if it stays so, check Spotify__TokenUrl.");
        }
        catch (APIException answer) when (!SpotifyFailures.MayPass(answer.Response?.StatusCode))
        {
            throw new PermanentEtlException(
                $"Spotify's accounts service did not take the authorization ({failures.Describe(answer)}). "
                + $"Check Spotify__ClientId and Spotify__ClientSecret, and that the app's page names the redirect URI {redirectUri}; then authorize again.");
        }
        catch (APIException answer)
        {
            throw failures.OfSignIn(answer);
        }
        catch (SpotifyBusyException busy)
        {
            throw new TransientEtlException($"{busy.Message} Authorize again after that.");
        }
        catch (HopelessRequestException hopeless)
        {
            throw SpotifyFailures.OfSignIn(hopeless);
        }
        catch (HttpRequestException unreachable)
        {
            throw SpotifyFailures.OfSignIn(unreachable);
        }
    }
}
