using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Settings;
using SpotifyEtl.Telemetry;

namespace SpotifyEtl.Health;

internal static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<HealthOptions>(configuration).AddSingleton<LastGoodRuns>().AddSingleton<HealthCheck>();
        return TelemetryTargets.Read(configuration).IsAny ? services.AddHostedService<FreshnessGauge>() : services;
    }
}
