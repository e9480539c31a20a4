using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Demo;

public static class DemoServices
{
    /// <summary>
    /// Puts <see cref="DemoSpotify"/> in Spotify's place, whatever the settings say, and its playlist and plays in that of what is configured.
    /// Comes after <see cref="SpotifyServices.AddSpotify"/>.
    /// </summary>
    public static IServiceCollection AddDemoSpotify(this IServiceCollection services)
    {
        services.PostConfigure<SpotifyOptions>(options =>
        {
            options.ClientId = DemoSpotify.ClientId;
            options.ClientSecret = DemoSpotify.ClientSecret;
            options.RefreshToken = DemoSpotify.RefreshToken;
            options.AuthorizedAt = null;
            options.Playlists = DemoPlaylist.Id;
            options.Sources = DemoPlays.Source;
            options.Market = null;
            options.ApiBaseUrl = null;
            options.TokenUrl = null;
        });
        services.AddHttpClient(SpotifyConnectorFactory.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => new DemoSpotify());
        return services;
    }

    /// <summary>
    /// Leaves out what only half is there without credentials, such as a refresh token or lists of a user: it keeps nobody from what needs no Spotify.
    /// </summary>
    public static IServiceCollection AddNoSpotify(this IServiceCollection services) => services.PostConfigure<SpotifyOptions>(options =>
    {
        options.RefreshToken = null;
        options.AuthorizedAt = null;
        options.Playlists = null;
        options.Sources = null;
    });
}
