using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Transform;

internal static class TransformServices
{
    public static IServiceCollection AddTransform(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSettings<QualityOptions>(configuration).AddSingleton<RawFileTransformer>();
}
