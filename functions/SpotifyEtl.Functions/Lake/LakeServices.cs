using Amazon.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SpotifyEtl.Aws;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Lake.S3;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Lake;

public static class LakeServices
{
    /// <summary>Adds the lake's settings and its records; the lake itself is one of the others.</summary>
    public static IServiceCollection AddLake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<LakeOptions>(configuration);
        services.TryAddSingleton<LakeRecords>();
        services.TryAddSingleton<RawFileRenaming>();
        return services;
    }

    /// <summary>Adds the lake on S3, unless there is one already.</summary>
    public static IServiceCollection AddS3Lake(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ILake)))
        {
            return services;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IAmazonS3>(provider => S3Clients.Create(provider.GetRequiredService<AwsIdentity>().Credentials));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LakeOptions>, S3LakeOptionsValidator>());
        services.AddSingleton<ILake>(provider =>
        {
            // A wrong address is told before a missing region.
            var lake = Options.Create(provider.GetRequiredService<IOptions<LakeOptions>>().Value);
            return new S3Lake(provider.GetRequiredService<IAmazonS3>(), lake, provider.GetRequiredService<TimeProvider>());
        });
        return services;
    }
}
