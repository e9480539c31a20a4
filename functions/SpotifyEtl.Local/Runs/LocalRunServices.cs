using Microsoft.Extensions.DependencyInjection;

namespace SpotifyEtl.Local.Runs;

internal static class LocalRunServices
{
    /// <summary>Adds what makes one run in this process, to its end, and shows it.</summary>
    public static IServiceCollection AddLocalRun(this IServiceCollection services, IRunView view) => services
        .AddSingleton(view)
        .AddSingleton<SourcesToLoad>()
        .AddSingleton<LocalRun>()
        .AddSingleton<RunResultOutput>()
        .AddSingleton<RunSession>();
}
