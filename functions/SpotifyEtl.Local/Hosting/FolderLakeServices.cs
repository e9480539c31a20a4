using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Hosting;

internal static class FolderLakeServices
{
    /// <summary>Adds a lake in the folder that Lake__Uri names, its crawlers and its query engine.</summary>
    public static IServiceCollection AddFolderLake(this IServiceCollection services)
    {
        services.AddSingleton(provider => new FolderLake(
            provider.GetRequiredService<Shell>().PathOf(LakeUri.FolderOf(provider.GetRequiredService<IOptions<LakeOptions>>().Value.Uri))));
        services.AddSingleton<ILake>(provider => provider.GetRequiredService<FolderLake>());
        services.AddSingleton<FolderCrawlers>();
        services.AddSingleton<ICrawlers>(provider => provider.GetRequiredService<FolderCrawlers>());
        services.AddSingleton<ITableRows>(provider => provider.GetRequiredService<FolderCrawlers>());
        services.AddSingleton<IQueries>(provider => new DuckDbQueries(
            provider.GetRequiredService<FolderLake>(), provider.GetRequiredService<IOptions<CatalogOptions>>().Value.Database));
        return services;
    }
}
