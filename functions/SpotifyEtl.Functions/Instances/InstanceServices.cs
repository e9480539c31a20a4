using Microsoft.Extensions.DependencyInjection;

namespace SpotifyEtl.Instances;

internal static class InstanceServices
{
    public static IServiceCollection AddInstances(this IServiceCollection services) =>
        services
            .AddSingleton<RunRequests>()
            .AddSingleton<IRunRule, CredentialsRule>()
            .AddSingleton<RunStarter>()
            .AddSingleton<RunCancellation>();
}
