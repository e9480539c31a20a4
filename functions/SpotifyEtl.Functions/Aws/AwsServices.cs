using Amazon.Athena;
using Amazon.Glue;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Aws;

internal static class AwsServices
{
    /// <summary>Adds the lake on S3, Glue's crawlers and Athena, in place of none: what is registered already stays.</summary>
    public static IServiceCollection AddAws(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AwsOptions>().Bind(configuration.GetSection(AwsOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AwsOptions>, AwsOptionsValidator>();
        services.AddOptions<AthenaOptions>().Bind(configuration.GetSection(AthenaOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AthenaOptions>, AthenaOptionsValidator>();
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.TryAddSingleton(provider => new AwsIdentity(Credentials(provider)));
        services.TryAddSingleton<IAmazonS3>(provider => CreateS3(provider.GetRequiredService<AwsIdentity>().Credentials));
        services.TryAddSingleton<IAmazonGlue>(provider =>
            Create(() => provider.GetRequiredService<AwsIdentity>().Credentials is { } credentials ? new AmazonGlueClient(credentials) : new AmazonGlueClient()));
        services.TryAddSingleton<IAmazonAthena>(provider =>
            Create(() => provider.GetRequiredService<AwsIdentity>().Credentials is { } credentials ? new AmazonAthenaClient(credentials) : new AmazonAthenaClient()));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ILake>(provider =>
        {
            // A wrong address is told before a missing region.
            var lake = Options.Create(provider.GetRequiredService<IOptions<LakeOptions>>().Value);
            return new S3Lake(provider.GetRequiredService<IAmazonS3>(), lake, provider.GetRequiredService<TimeProvider>());
        });
        services.TryAddSingleton<ICrawlers, GlueCrawlers>();
        services.TryAddSingleton<IQueries, AthenaQueries>();
        services.TryAddSingleton<ITableRows, AthenaTableRows>();
        return services;
    }

    /// <summary>A client of S3, or of the server that AWS_ENDPOINT_URL names: those mostly know buckets by path, not by host name.</summary>
    internal static AmazonS3Client CreateS3(AWSCredentials? credentials)
    {
        // A config that has been asked for its address forgets the one from the environment in its client: this one is only asked.
        AmazonS3Config asked = new();
        AmazonS3Config config = new() { ForcePathStyle = !string.IsNullOrEmpty(asked.ServiceURL) };
        return Create(() => credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(credentials, config));
    }

    private static T Create<T>(Func<T> client)
        where T : AmazonServiceClient
    {
        try
        {
            return client();
        }
        catch (AmazonClientException exception)
        {
            throw new EtlConfigurationException(
                $"AWS cannot be used: {exception.Message.TrimEnd('.')}. Set AWS_REGION to the region of the bucket, or AWS_PROFILE to a profile that names one.", exception);
        }
    }

    private static WebIdentityCredentials? Credentials(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<AwsOptions>>().Value;
        return string.IsNullOrEmpty(options.RoleArn)
            ? null
            : new WebIdentityCredentials(
                provider.GetRequiredService<TokenCredential>(),
                Create(() => new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials())),
                options.RoleArn,
                options.WebIdentityAudience!);
    }
}

/// <summary>The credentials that all clients share; null where each finds its own by the SDK's chain.</summary>
internal sealed record AwsIdentity(AWSCredentials? Credentials);
