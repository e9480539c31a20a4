using System.Net;
using System.Text;
using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web.Tests;

public sealed class ClientCredentialsAuthenticatorTests
{
    private const string TokenBody = """{"access_token":"first","token_type":"Bearer","expires_in":3600}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_request_asks_for_a_token_with_the_credentials_in_a_basic_header()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json(TokenBody), () => ScriptedHandler.Json("{}"));

        await ConnectorOf(handler, new ClientCredentialsAuthenticator("id", "secret")).SendRawRequest(
            SpotifyUrls.Playlist("abc"), HttpMethod.Get, cancel: Cancel);

        var asked = handler.Requests[0];
        Assert.Equal(HttpMethod.Post, asked.Method);
        Assert.Equal("https://accounts.spotify.com/api/token", asked.Address);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("id:secret")), asked.Authorization);
        Assert.Equal("grant_type=client_credentials", asked.Body);
        Assert.Equal("application/x-www-form-urlencoded", asked.ContentType);
        Assert.Equal("Bearer first", handler.Requests[1].Authorization);
    }

    [Fact]
    public async Task A_token_serves_until_it_expires()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json(TokenBody), () => ScriptedHandler.Json("{}"), () => ScriptedHandler.Json("{}"));
        var authenticator = new ClientCredentialsAuthenticator("id", "secret");
        var connector = ConnectorOf(handler, authenticator);

        await connector.SendRawRequest(SpotifyUrls.Playlist("abc"), HttpMethod.Get, cancel: Cancel);
        await connector.SendRawRequest(SpotifyUrls.Playlist("abc"), HttpMethod.Get, cancel: Cancel);

        Assert.Equal(3, handler.Requests.Count);
        Assert.False(authenticator.Token!.IsExpired);
    }

    [Fact]
    public async Task An_expired_token_is_replaced()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json(TokenBody), () => ScriptedHandler.Json("{}"));
        var old = new ClientCredentialsTokenResponse { AccessToken = "old", TokenType = "Bearer", ExpiresIn = 3600, CreatedAt = DateTime.UnixEpoch };

        await ConnectorOf(handler, new ClientCredentialsAuthenticator("id", "secret", old)).SendRawRequest(
            SpotifyUrls.Playlist("abc"), HttpMethod.Get, cancel: Cancel);

        Assert.True(old.IsExpired);
        Assert.Equal("Bearer first", handler.Requests[1].Authorization);
    }

    [Fact]
    public async Task Credentials_that_are_refused_give_the_accounts_service_s_own_word()
    {
        var handler = new ScriptedHandler(() =>
            ScriptedHandler.Json("""{"error":"invalid_client","error_description":"Invalid client"}""", HttpStatusCode.BadRequest));

        var error = await Assert.ThrowsAsync<APIException>(() =>
            ConnectorOf(handler, new ClientCredentialsAuthenticator("id", "secret")).SendRawRequest(
                SpotifyUrls.Playlist("abc"), HttpMethod.Get, cancel: Cancel));

        Assert.Equal("invalid_client", error.Message);
    }

    [Theory]
    [InlineData("", "secret")]
    [InlineData("id", "")]
    public void Empty_credentials_are_refused(string id, string secret) =>
        Assert.Throws<ArgumentException>(() => new ClientCredentialsAuthenticator(id, secret));

    private static APIConnector ConnectorOf(ScriptedHandler handler, IAuthenticator authenticator) =>
        new(
            SpotifyUrls.APIV1,
            authenticator,
            SpotifyClientConfig.CreateDefault().JSONSerializer,
            new NetHttpClient(new HttpClient(handler)),
            null,
            null);
}
