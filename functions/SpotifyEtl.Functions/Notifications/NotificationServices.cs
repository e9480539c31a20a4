using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Notifications;

internal static class NotificationServices
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<NotifyOptions>(configuration);

        // The address is a secret. Without a propagator the handler makes no span of its own, which would carry it, and the factory's loggers
        // would write it.
        services.AddHttpClient(Webhook.HttpClientName, client => client.Timeout = s_patience)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null })
            .RemoveAllLoggers();
        services.AddSingleton<Webhook>();
        services.AddSingleton<RunNotifications>();
        return services;
    }
}
