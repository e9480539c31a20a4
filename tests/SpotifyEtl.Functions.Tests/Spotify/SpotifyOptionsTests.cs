using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class SpotifyOptionsTests
{
    [Fact]
    public void Nothing_set_is_allowed_and_has_no_credentials()
    {
        var options = Bind();

        Assert.False(options.HasCredentials);
        Assert.Empty(options.Selection().Playlists);
    }

    [Fact]
    public void Empty_settings_count_as_not_set()
    {
        var options = Bind(
            ("ClientId", ""), ("ClientSecret", ""), ("RefreshToken", ""), ("Playlists", ""), ("Market", ""), ("ApiBaseUrl", ""), ("TokenUrl", ""));

        Assert.False(options.HasCredentials);
        Assert.Equal("https://api.spotify.com/v1/", SpotifyAddresses.Api(options).AbsoluteUri);
        Assert.Equal("https://accounts.spotify.com/api/token", SpotifyAddresses.Token(options).AbsoluteUri);
    }

    [Fact]
    public void Playlists_are_read_in_order_each_once()
    {
        var options = Bind(("Playlists", "4hRz0PqVt2mXk9wYc7LbNb, spotify:playlist:4hRz0PqVt2mXk9wYc7LbNa,,4hRz0PqVt2mXk9wYc7LbNb,"));

        Assert.Equal("4hRz0PqVt2mXk9wYc7LbNb 4hRz0PqVt2mXk9wYc7LbNa", string.Join(' ', options.Selection().Playlists));
    }

    [Fact]
    public void Sources_are_read_in_order_each_once_and_a_playlist_among_them_is_one_of_the_playlists()
    {
        var options = Bind(
            ("ClientId", "a"),
            ("ClientSecret", "b"),
            ("RefreshToken", "c"),
            ("Playlists", "4hRz0PqVt2mXk9wYc7LbNb"),
            ("Sources", "me/tracks, Playlist:4hRz0PqVt2mXk9wYc7LbNa,ME/Top/Tracks:Long_Term,me/tracks,playlist:4hRz0PqVt2mXk9wYc7LbNb"));

        Assert.Equal("4hRz0PqVt2mXk9wYc7LbNb 4hRz0PqVt2mXk9wYc7LbNa", string.Join(' ', options.Selection().Playlists));
        Assert.Equal("me/tracks me/top/tracks:long_term", string.Join(' ', options.Selection().Sources));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/v1")]
    [InlineData("http://127.0.0.1:5000/v1/")]
    public void The_base_address_ends_with_a_slash_however_it_is_given(string address) =>
        Assert.Equal("http://127.0.0.1:5000/v1/", SpotifyAddresses.Api(Bind(("ApiBaseUrl", address))).AbsoluteUri);

    [Theory]
    [InlineData("ClientId", "abc", "Spotify__ClientSecret is not set")]
    [InlineData("ClientSecret", "abc", "Spotify__ClientId is not set")]
    [InlineData("Market", "Sweden", "Spotify__Market is 'Sweden': it must be the two letters of a country")]
    [InlineData("Playlists", "4hRz0PqVt2mXk9wYc7LbNa,nope", "Spotify__Playlists: 'nope' is no playlist id")]
    [InlineData("ApiBaseUrl", "api.spotify.com", "Spotify__ApiBaseUrl is 'api.spotify.com': it must be an http or https address")]
    [InlineData("ApiBaseUrl", "https://user:pass@example.org/", "Spotify__ApiBaseUrl is")]
    [InlineData("RefreshToken", "refresher", "Spotify__RefreshToken (not shown) is set, but Spotify__ClientId")]
    [InlineData("AuthorizedAt", "last spring", "Spotify__AuthorizedAt is 'last spring': it must be a date such as 2026-11-22")]
    [InlineData("Playlists", "top_short_term", "Spotify__Playlists: 'top_short_term' is no playlist: the user's top tracks are a source")]
    [InlineData("Sources", "me/tracks,me/albums", "Spotify__Sources: 'me/albums' is no source. Allowed are playlist:{id}, me/playlists, me/tracks, me/top")]
    [InlineData("Sources", "playlist:nope", "Spotify__Sources: 'nope' is no playlist id")]
    [InlineData("Sources", "me/tracks", "Spotify__Sources: me/tracks is of the signed-in user, and Spotify__RefreshToken is not set: run 'spotify-etl")]
    [InlineData("TokenUrl", "/token", "Spotify__TokenUrl is '/token': it must be an http or https address")]
    [InlineData("TokenUrl", "ftp://example.org/token", "Spotify__TokenUrl is")]
    public void A_bad_setting_is_refused_with_its_name_its_value_and_what_is_allowed(string name, string value, string message)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Bind((name, value)));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_named_but_not_shown_when_they_are_refused()
    {
        var error = Assert.Throws<OptionsValidationException>(
            () => Bind(("ClientId", "not an id"), ("ClientSecret", "hid den"), ("RefreshToken", "conceal ed")));

        Assert.Contains("Spotify__ClientId is 'not an id'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Spotify__ClientSecret", error.Message, StringComparison.Ordinal);
        Assert.Contains("Spotify__RefreshToken", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hid den", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("conceal ed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Printed_they_hide_the_secrets()
    {
        var text = new SpotifyOptions { ClientId = "shown", ClientSecret = "hidden", RefreshToken = "concealed", Market = "SE" }.ToString();

        Assert.Contains("ClientId = shown", text, StringComparison.Ordinal);
        Assert.Contains("ClientSecret = (set)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("concealed", text, StringComparison.Ordinal);
    }

    private static SpotifyOptions Bind(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Spotify:" + setting.Name, (string?)setting.Value)))
            .Build();
        using var services = new ServiceCollection().AddSpotify(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<SpotifyOptions>>().Value;
    }
}
