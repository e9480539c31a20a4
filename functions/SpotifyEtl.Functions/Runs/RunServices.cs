using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Runs;

internal static class RunServices
{
    public static IServiceCollection AddRuns(this IServiceCollection services, IConfiguration configuration) => services
        .AddSettings<RunOptions>(configuration)
        .AddSingleton<RunNotices>()
        .AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<RunNotices>())
        .AddSingleton<RunRecords>()
        .AddSingleton<RejectedFiles>()
        .AddSingleton<LoadedPlaylists>()
        .AddSingleton<SourceBookmarks>();
}
