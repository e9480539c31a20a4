using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Spotify;

public static class SpotifyServices
{
    /// <summary>
    /// Adds <see cref="PlaylistExtractor"/>, <see cref="SourceExtractor"/> and what they need besides a lake. The settings are validated when the host starts.
    /// </summary>
    public static IServiceCollection AddSpotify(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<SpotifyOptions>(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddTransient<TokenUrlHandler>();
        services.TryAddTransient<SameHostRedirects>();
        services.TryAddSingleton(SpotifyBounds.Default);

        // The factory's own loggers would write two lines for each request, with its headers at the finest level.
        services.AddHttpClient(
                SpotifyConnectorFactory.HttpClientName,
                (provider, client) => client.Timeout = provider.GetRequiredService<SpotifyBounds>().AnswerTime)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, AllowAutoRedirect = false })
            .AddHttpMessageHandler<TokenUrlHandler>()
            .AddHttpMessageHandler<SameHostRedirects>()
            .RemoveAllLoggers();

        services.TryAddSingleton(Jitter.Random);
        services.TryAddSingleton<SpotifySecrets>();
        services.TryAddSingleton<SpotifyFailures>();
        services.TryAddSingleton<SpotifyPace>();
        services.TryAddSingleton<KnownRowsEndpoint>();
        services.TryAddSingleton<IRefreshTokens, FixedRefreshTokens>();
        services.TryAddSingleton<SpotifyAuthenticator>();
        services.TryAddSingleton<SpotifyConnectorFactory>();
        services.TryAddSingleton<SpotifyApi>();
        services.TryAddSingleton<SpotifyCodeExchange>();
        services.TryAddSingleton<PlaylistReader>();
        services.TryAddSingleton<SignedInUser>();
        services.TryAddSingleton<WholeReader>();
        services.TryAddTransient<RecentPlays>();
        services.TryAddTransient<SourceProbe>();
        services.TryAddTransient<PlaylistExtractor>();
        services.TryAddTransient<SourceExtractor>();
        return services;
    }
}
