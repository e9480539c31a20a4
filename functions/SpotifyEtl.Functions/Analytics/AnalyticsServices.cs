using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SpotifyEtl.Analytics;

/// <summary>The typed tables.</summary>
public static class AnalyticsServices
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.TryAddSingleton<MonthIndex>();
        services.TryAddSingleton<MonthWriter>();
        services.TryAddSingleton<FileMonths>();
        return services;
    }
}
