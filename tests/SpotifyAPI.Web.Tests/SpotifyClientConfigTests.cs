using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web.Tests;

public sealed class SpotifyClientConfigTests
{
    [Fact]
    public void Each_change_is_a_copy_that_forgets_the_connector_set_before()
    {
        var connector = SpotifyClientConfig.CreateDefault("t").BuildAPIConnector();
        var first = SpotifyClientConfig.CreateDefault().WithAPIConnector(connector);

        var second = first.WithToken("x", "Basic");

        Assert.Same(connector, first.BuildAPIConnector());
        Assert.Null(first.Authenticator);
        Assert.Null(second.APIConnector);
        Assert.Equal("Basic", Assert.IsType<TokenAuthenticator>(second.Authenticator).TokenType);
        Assert.IsType<APIConnector>(second.BuildAPIConnector());
    }

    [Fact]
    public void By_default_it_speaks_to_the_web_api() =>
        Assert.Equal("https://api.spotify.com/v1/", SpotifyClientConfig.CreateDefault().BaseAddress.AbsoluteUri);
}
