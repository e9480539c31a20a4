using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web.Tests;

public sealed class AuthorizationCodeAuthenticatorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_expired_token_is_renewed_and_the_old_refresh_token_kept_when_the_answer_omits_it()
    {
        ScriptedHandler handler = new(
            () => ScriptedHandler.Json("""{"access_token":"renewed","token_type":"Bearer","expires_in":3600,"scope":"playlist-read-private"}"""),
            () => ScriptedHandler.Json("{}"));
        AuthorizationCodeAuthenticator authenticator = new("id", "secret", new AuthorizationCodeTokenResponse { RefreshToken = "first refresh" });
        List<string> told = [];
        authenticator.TokenRefreshed += (_, token) => told.Add(token.AccessToken);

        await ConnectorOf(handler, authenticator).SendRawRequest(SpotifyUrls.TopTracks(), HttpMethod.Get, cancel: Cancel);

        Assert.Equal("grant_type=refresh_token&refresh_token=first+refresh", handler.Requests[0].Body);
        Assert.StartsWith("Basic ", handler.Requests[0].Authorization, StringComparison.Ordinal);
        Assert.Equal(("https://api.spotify.com/v1/me/top/tracks", "Bearer renewed"), (handler.Requests[1].Address, handler.Requests[1].Authorization));
        Assert.Equal("first refresh", authenticator.InitialToken.RefreshToken);
        Assert.Equal(["renewed"], told);
    }

    [Fact]
    public async Task A_new_refresh_token_replaces_the_old_one()
    {
        ScriptedHandler handler = new(
            () => ScriptedHandler.Json("""{"access_token":"renewed","token_type":"Bearer","expires_in":3600,"refresh_token":"second"}"""),
            () => ScriptedHandler.Json("{}"));
        AuthorizationCodeAuthenticator authenticator = new("id", "secret", new AuthorizationCodeTokenResponse { RefreshToken = "first" });

        await ConnectorOf(handler, authenticator).SendRawRequest(SpotifyUrls.TopTracks(), HttpMethod.Get, cancel: Cancel);

        Assert.Equal("second", authenticator.InitialToken.RefreshToken);
    }

    [Fact]
    public async Task A_token_that_holds_is_used_as_it_is()
    {
        ScriptedHandler handler = new(() => ScriptedHandler.Json("{}"));
        AuthorizationCodeTokenResponse token = new() { AccessToken = "given", TokenType = "Bearer", ExpiresIn = 3600, RefreshToken = "first" };

        await ConnectorOf(handler, new AuthorizationCodeAuthenticator("id", "secret", token)).SendRawRequest(
            SpotifyUrls.TopTracks(), HttpMethod.Get, cancel: Cancel);

        Assert.Equal("Bearer given", Assert.Single(handler.Requests).Authorization);
    }

    [Fact]
    public async Task A_code_is_exchanged_for_a_users_token()
    {
        ScriptedHandler handler = new(
            () => ScriptedHandler.Json("""{"access_token":"a","token_type":"Bearer","expires_in":3600,"refresh_token":"r","scope":"s"}"""));
        AuthorizationCodeTokenRequest request = new("id", "secret", "code", new Uri("http://127.0.0.1:8888/callback"));

        var token = await new OAuthClient(ConnectorOf(handler, new TokenAuthenticator("unused", "Bearer"))).RequestToken(request, Cancel);

        Assert.Equal(
            ("https://accounts.spotify.com/api/token", "grant_type=authorization_code&code=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A8888%2Fcallback"),
            (handler.Requests[0].Address, handler.Requests[0].Body));
        Assert.Equal(("a", "r", "s", false), (token.AccessToken, token.RefreshToken, token.Scope, token.IsExpired));
    }

    private static APIConnector ConnectorOf(ScriptedHandler handler, IAuthenticator authenticator) => new(
        SpotifyUrls.APIV1, authenticator, SpotifyClientConfig.CreateDefault().JSONSerializer, new NetHttpClient(new HttpClient(handler)), null, null);
}
