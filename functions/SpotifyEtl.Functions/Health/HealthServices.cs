using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Health;

internal static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSettings<HealthOptions>(configuration).AddSingleton<LastGoodRuns>().AddSingleton<HealthCheck>();
}
