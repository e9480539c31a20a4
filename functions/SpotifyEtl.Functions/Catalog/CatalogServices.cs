using Amazon.Athena;
using Amazon.Glue;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SpotifyEtl.Aws;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Catalog;

public static class CatalogServices
{
    /// <summary>Adds the catalog's settings; crawlers and queries are those of AWS or others.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSettings<CatalogOptions>(configuration).AddSettings<AthenaOptions>(configuration);

    /// <summary>Adds Glue's crawlers and partitions and Athena's queries, unless there are others already.</summary>
    public static IServiceCollection AddAwsCatalog(this IServiceCollection services)
    {
        services.TryAddSingleton<IAmazonGlue>(provider => AwsServices.CreateClient(
            () => provider.GetRequiredService<AwsIdentity>().Credentials is { } credentials ? new AmazonGlueClient(credentials) : new AmazonGlueClient()));
        services.TryAddSingleton<IAmazonAthena>(provider => AwsServices.CreateClient(
            () => provider.GetRequiredService<AwsIdentity>().Credentials is { } credentials ? new AmazonAthenaClient(credentials) : new AmazonAthenaClient()));
        services.TryAddSingleton<ICrawlers, GlueCrawlers>();
        services.TryAddSingleton<ICatalogMonths, GlueMonths>();
        services.TryAddSingleton<IQueries, AthenaQueries>();
        services.TryAddSingleton<AthenaWorkGroup>();
        services.TryAddSingleton<ITableRows, AthenaTableRows>();
        return services;
    }
}
