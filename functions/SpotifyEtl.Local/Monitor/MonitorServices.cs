using EmbeddedHost.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Local.Monitor.Access;
using SpotifyEtl.Local.Monitor.Pages;
using SpotifyEtl.Local.Monitor.RunFiles;
using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Local.Monitor.Sql;
using SpotifyEtl.Local.Monitor.Tables;

namespace SpotifyEtl.Local.Monitor;

internal static class MonitorServices
{
    /// <summary>Adds the run monitor's pages to what the host serves.</summary>
    public static IServiceCollection AddMonitor(this IServiceCollection services)
    {
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<PageGuard>();
        services.AddSingleton<RunListReader>();
        services.AddSingleton<FileListReader>();
        services.AddSingleton<RunReader>();
        services.AddSingleton<SignInRoutes>();
        services.AddSingleton<RunRoutes>();
        services.AddSingleton<LakeFileRoutes>();
        services.AddSingleton<AnswerReader>();
        services.AddSingleton<TableRoutes>();
        services.AddSingleton<SqlPageWriter>();
        services.AddSingleton<SqlRoutes>();
        services.AddSingleton<Downloads>();
        services.AddSingleton<DownloadRoutes>();
        services.AddSingleton<StartRoutes>();
        services.AddSingleton<RunActionRoutes>();
        services.AddOptions<EmbeddedHostOptions>().Configure<IServiceProvider>((options, provider) => options.Http!.MapRoutes = routes =>
        {
            MonitorAssets.Map(routes);
            provider.GetRequiredService<SignInRoutes>().Map(routes);
            provider.GetRequiredService<RunRoutes>().Map(routes);
            provider.GetRequiredService<LakeFileRoutes>().Map(routes);
            provider.GetRequiredService<TableRoutes>().Map(routes);
            provider.GetRequiredService<SqlRoutes>().Map(routes);
            provider.GetRequiredService<DownloadRoutes>().Map(routes);
            provider.GetRequiredService<StartRoutes>().Map(routes);
            provider.GetRequiredService<RunActionRoutes>().Map(routes);
        });
        return services;
    }
}
