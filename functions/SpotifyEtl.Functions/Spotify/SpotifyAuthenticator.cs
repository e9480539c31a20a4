using Microsoft.Extensions.Options;
using SpotifyAPI.Web;
using SpotifyAPI.Web.Http;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Spotify;

/// <summary>Signs requests with the app's own token, which all extractions share, and says what is wrong when there is none to be had.</summary>
public sealed class SpotifyAuthenticator(IOptions<SpotifyOptions> options) : IAuthenticator
{
    private readonly Lazy<ClientCredentialsAuthenticator> _credentials = new(() => CredentialsOf(options.Value));

    /// <exception cref="EtlConfigurationException">The app's credentials are not set.</exception>
    /// <exception cref="PermanentEtlException">The accounts service refuses them.</exception>
    /// <exception cref="TransientEtlException">It cannot be reached, is out of order, or answers what is no token.</exception>
    /// <exception cref="APITooManyRequestsException">It asks to wait.</exception>
    public async Task Apply(IRequest request, IAPIConnector apiConnector)
    {
        try
        {
            await _credentials.Value.Apply(request, apiConnector);
        }
        catch (APIException answer) when (answer is not APITooManyRequestsException)
        {
            throw FailureOf(answer);
        }
        catch (HttpRequestException unreachable)
        {
            throw new TransientEtlException(
                $"Spotify's accounts service cannot be reached: {unreachable.Message} Check the network, and Spotify__TokenUrl if it is set.", unreachable);
        }
        catch (Exception unreadable) when (unreadable is not (EtlException or APIException or OperationCanceledException))
        {
            throw NoToken(unreadable);
        }

        if (string.IsNullOrEmpty(_credentials.Value.Token?.AccessToken))
        {
            throw NoToken(null);
        }
    }

    private static ClientCredentialsAuthenticator CredentialsOf(SpotifyOptions options) => options.HasCredentials
        ? new ClientCredentialsAuthenticator(options.ClientId!, options.ClientSecret!)
        : throw new EtlConfigurationException(
            "Spotify__ClientId and Spotify__ClientSecret are not set: Spotify answers only apps that it knows. "
            + "Both stand on the app's page at https://developer.spotify.com/dashboard.");

    private static EtlException FailureOf(APIException answer)
    {
        var said = SpotifyFailure.Describe(answer);
        return SpotifyFailure.MayPass(answer)
            ? new TransientEtlException($"Spotify's accounts service gave no token ({said}). That passes: try again.", answer)
            : new PermanentEtlException(
                $"Spotify's accounts service refused the app's credentials ({said}). Compare Spotify__ClientId and Spotify__ClientSecret with the app's page "
                + "at https://developer.spotify.com/dashboard.",
                answer);
    }

    private static TransientEtlException NoToken(Exception? reason) =>
        new("Spotify's accounts service answered, but not with a token. Try again; if it stays so, check Spotify__TokenUrl and any proxy in between.", reason);
}
