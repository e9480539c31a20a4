using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyAPI.Web;
using SpotifyAPI.Web.Http;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Spotify;

/// <summary>
/// Signs requests with one token that all extractions share. It is renewed a minute before it expires, or when Spotify refused it, and
/// once for all who wait for it.
/// </summary>
public sealed class SpotifyAuthenticator(
    IOptions<SpotifyOptions> options,
    SpotifySecrets secrets,
    SpotifyFailures failures,
    IRefreshTokens refreshTokens,
    TimeProvider clock,
    ILogger<SpotifyAuthenticator> logger) : IAuthenticator
{
    private static readonly TimeSpan s_early = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_warnBefore = TimeSpan.FromDays(30);

    private readonly Lazy<SpotifySignIn> _signIn = new(() => options.Value.HasCredentials
        ? new SpotifySignIn(options.Value)
        : throw new EtlConfigurationException(
            "Spotify__ClientId and Spotify__ClientSecret are not set: Spotify answers only apps that it knows. "
            + "Both stand on the app's page at https://developer.spotify.com/dashboard."));

    private readonly Lock _gate = new();
    private SignedToken? _token;
    private Task<SignedToken>? _renewal;

    /// <exception cref="EtlConfigurationException">The app's credentials are not set.</exception>
    /// <exception cref="PermanentEtlException">The accounts service refuses them, or the user's refresh token.</exception>
    /// <exception cref="TransientEtlException">It cannot be reached, is out of order, or answers what is no token.</exception>
    public async Task Apply(IRequest request, IAPIConnector apiConnector)
    {
        var token = await TokenAsync(apiConnector);
        request.Headers["Authorization"] = token.Header;
    }

    /// <summary>Gives up the token of this header, if it is still the one in use: the next request is signed with a new one.</summary>
    public void Discard(string header)
    {
        lock (_gate)
        {
            _token = _token?.Header == header ? null : _token;
        }
    }

    private Task<SignedToken> TokenAsync(IAPIConnector connector)
    {
        lock (_gate)
        {
            return _token is { } token && clock.GetUtcNow() < token.RenewAt ? Task.FromResult(token) : _renewal ??= RenewAsync(connector);
        }
    }

    private async Task<SignedToken> RenewAsync(IAPIConnector connector)
    {
        // The rest runs without the lock.
        await Task.Yield();
        try
        {
            var renewed = await RequestAsync(connector);
            lock (_gate)
            {
                _token = renewed;
            }

            WarnOfTheEnd();
            return renewed;
        }
        finally
        {
            lock (_gate)
            {
                _renewal = null;
            }
        }
    }

    private async Task<SignedToken> RequestAsync(IAPIConnector connector)
    {
        try
        {
            var before = _signIn.Value.RefreshToken;
            var (header, accessToken, lifetime) = await _signIn.Value.RequestAsync(connector);
            secrets.Add(accessToken);
            secrets.Add(_signIn.Value.RefreshToken);
            if (before is not null && _signIn.Value.RefreshToken is { } replaced && replaced != before)
            {
                await KeepAsync(before, replaced);
            }

            if (string.IsNullOrEmpty(accessToken))
            {
                throw NoToken();
            }

            return new SignedToken(header, clock.GetUtcNow() + lifetime - (lifetime > 2 * s_early ? s_early : lifetime / 2));
        }
        catch (APIException answer)
        {
            throw failures.OfSignIn(answer);
        }
        catch (HttpRequestException unreachable)
        {
            throw SpotifyFailures.OfSignIn(unreachable);
        }
        catch (Exception unreadable) when (unreadable is not (EtlException or HopelessRequestException or SpotifyBusyException or OperationCanceledException))
        {
            throw NoToken();
        }
    }

    // The token in use is good all the same, so a file that cannot be written fails no run.
    private async Task KeepAsync(string before, string token)
    {
        try
        {
            if (await refreshTokens.ReplaceAsync(before, token))
            {
                logger.RefreshTokenKept();
                return;
            }
        }
        catch (EtlException exception)
        {
            logger.RefreshTokenNotWritten(failures.Hide(exception.Message));
        }

        logger.RefreshTokenNotKept();
    }

    private void WarnOfTheEnd()
    {
        if (options.Value is { RefreshToken.Length: > 0, AuthorizedOn: { } authorized }
            && authorized.AddMonths(6) is var end
            && clock.GetUtcNow() > end - s_warnBefore)
        {
            logger.AuthorizationEnds(authorized, end);
        }
    }

    private static TransientEtlException NoToken() =>
        new("Spotify's accounts service answered, but not with a token. Try again; if it stays so, check Spotify__TokenUrl and any proxy in between.");

    private sealed record SignedToken(string Header, DateTimeOffset RenewAt);
}
