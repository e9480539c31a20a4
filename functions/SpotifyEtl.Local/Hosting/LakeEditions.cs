using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Catalog.Listing;
using SpotifyEtl.Local.Doctor;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Hosting;

/// <summary>What differs by where the lake is.</summary>
internal static class LakeEditions
{
    /// <summary>Adds a lake in the folder that Lake__Uri names, its crawlers, its query engine, and what is looked at there.</summary>
    public static IServiceCollection AddFolderLake(this IServiceCollection services)
    {
        services.AddSingleton(provider => new FolderLake(
            provider.GetRequiredService<Shell>().PathOf(LakeUri.FolderOf(provider.GetRequiredService<IOptions<LakeOptions>>().Value.Uri))));
        services.AddSingleton<ILake>(provider => provider.GetRequiredService<FolderLake>());
        services.AddSingleton<FolderCrawlers>();
        services.AddSingleton<ICrawlers>(provider => provider.GetRequiredService<FolderCrawlers>());
        services.AddSingleton<ITableRows>(provider => provider.GetRequiredService<FolderCrawlers>());
        services.AddSingleton<ICatalogMonths, FolderMonths>();
        services.AddSingleton(provider => new DuckDbQueries(
            provider.GetRequiredService<FolderLake>(),
            provider.GetRequiredService<IOptions<CatalogOptions>>().Value.Database,
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IQueries>(provider => provider.GetRequiredService<DuckDbQueries>());
        services.AddSingleton<ITableCatalog, FolderTableCatalog>();
        services.AddSingleton<IReportSource, FolderReportSource>();
        return services
            .AddCheck<SettingsCheck>()
            .AddCheck<ScheduleCheck>()
            .AddCheck<SpotifyCheck>()
            .AddCheck<FolderLakeCheck>()
            .AddCheck<RejectedFilesCheck>()
            .AddCheck<RecordsCheck>()
            .AddCheck<CrawlersCheck>()
            .AddCheck<TypedTablesCheck>()
            .AddCheck<StateFolderCheck>();
    }

    /// <summary>Adds what this edition has beside the app's own lake on S3, its crawlers and its queries.</summary>
    public static IServiceCollection AddLakeOnS3(this IServiceCollection services) => services
        .AddSingleton<ITableCatalog, S3TableCatalog>()
        .AddSingleton<IReportSource, AthenaReportSource>()
        .AddCheck<SettingsCheck>()
        .AddCheck<ScheduleCheck>()
        .AddCheck<SpotifyCheck>()
        .AddCheck<S3LakeCheck>()
        .AddCheck<RejectedFilesCheck>()
        .AddCheck<CrawlersCheck>()
        .AddCheck<TypedTablesCheck>()
        .AddCheck<WorkGroupCheck>()
        .AddCheck<StateFolderCheck>();

    // They are made in this order.
    private static IServiceCollection AddCheck<T>(this IServiceCollection services)
        where T : class, IDoctorCheck => services.AddSingleton<IDoctorCheck, T>();
}
