using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Analytics;
using SpotifyEtl.Aws;
using SpotifyEtl.Catalog;
using SpotifyEtl.Health;
using SpotifyEtl.Instances;
using SpotifyEtl.Lake;
using SpotifyEtl.Notifications;
using SpotifyEtl.Payloads;
using SpotifyEtl.Runs;
using SpotifyEtl.Settings;
using SpotifyEtl.Spotify;
using SpotifyEtl.Telemetry;
using SpotifyEtl.Transform;

namespace SpotifyEtl;

public static class SpotifyEtlServices
{
    /// <summary>Adds what the app's functions need, room by room. The lake and the catalog are AWS's where there are none yet.</summary>
    /// <exception cref="Errors.EtlConfigurationException">A setting is not allowed; most are looked at when the host starts.</exception>
    public static IServiceCollection AddSpotifyEtl(this IServiceCollection services, IConfiguration configuration)
    {
        KeyVaultReferences.Check(configuration);
        return services
            .AddPayloads()
            .AddAws(configuration)
            .AddLake(configuration)
            .AddS3Lake()
            .AddCatalog(configuration)
            .AddAwsCatalog()
            .AddSpotify(configuration)
            .AddTransform(configuration)
            .AddAnalytics()
            .AddRuns(configuration)
            .AddHealth(configuration)
            .AddNotifications(configuration)
            .AddTelemetry(configuration)
            .AddInstances();
    }
}
