using EmbeddedHost.Search;
using EmbeddedHost.Timers;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting;

internal static class EmbeddedHostServices
{
    /// <summary>Adds the engine, which starts and stops with the host, and its client.</summary>
    public static IServiceCollection AddEmbeddedHost(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<EmbeddedHostOptions>();
        services.AddSingleton<DurableRuntime>();
        services.AddHostedService(provider => provider.GetRequiredService<DurableRuntime>());
        services.AddSingleton<DurableTaskClient>(provider => provider.GetRequiredService<DurableRuntime>().Client);
        services.AddSingleton<ITimerSchedules>(provider => provider.GetRequiredService<DurableRuntime>());
        services.AddSingleton<IInstanceSearch>(provider => provider.GetRequiredService<DurableRuntime>());
        return services;
    }
}
