using Amazon.Runtime;
using Amazon.SecurityToken;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Aws;

internal static class AwsServices
{
    /// <summary>Adds who the app is to AWS, for the rooms that call it.</summary>
    public static IServiceCollection AddAws(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<AwsOptions>(configuration);
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.TryAddSingleton(provider => new AwsIdentity(Credentials(provider)));
        return services;
    }

    /// <summary>Makes a client; what it lacks is told as settings that are missing.</summary>
    /// <exception cref="EtlConfigurationException">The SDK finds no region or profile.</exception>
    public static T CreateClient<T>(Func<T> client)
        where T : AmazonServiceClient
    {
        try
        {
            return client();
        }
        catch (AmazonClientException exception)
        {
            throw new EtlConfigurationException(
                $"AWS cannot be used: {exception.Message.TrimEnd('.')}. Set AWS_REGION to the region of the bucket, or AWS_PROFILE to a profile that "
                    + "names one.",
                exception);
        }
    }

    private static WebIdentityCredentials? Credentials(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<AwsOptions>>().Value;
        return string.IsNullOrEmpty(options.RoleArn)
            ? null
            : new WebIdentityCredentials(
                provider.GetRequiredService<TokenCredential>(),
                CreateClient(() => new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials())),
                options.RoleArn,
                options.WebIdentityAudience!);
    }
}
