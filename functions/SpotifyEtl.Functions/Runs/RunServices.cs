using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Runs;

internal static class RunServices
{
    public static IServiceCollection AddRuns(this IServiceCollection services, IConfiguration configuration) => services
        .AddSettings<RunOptions>(configuration)
        .AddSingleton<RunRecords>()
        .AddSingleton<RejectedFiles>()
        .AddSingleton<LoadedPlaylists>()
        .AddSingleton<SourceBookmarks>();
}
