using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SpotifyEtl.Aws;
using SpotifyEtl.Catalog;
using SpotifyEtl.Health;
using SpotifyEtl.Lake;
using SpotifyEtl.Notifications;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Telemetry;
using SpotifyEtl.Transform;
using SpotifyEtl.Triggers;

namespace SpotifyEtl;

public static class SpotifyEtlServices
{
    /// <summary>Adds what the app's functions need. Settings that are not allowed stop the host's start.</summary>
    public static IServiceCollection AddSpotifyEtl(this IServiceCollection services, IConfiguration configuration)
    {
        SettingFormats.Check(configuration);
        AddPayloads(services);
        services.AddSpotify(configuration);
        services.AddOptions<LakeOptions>().Bind(configuration.GetSection(LakeOptions.SectionName)).ValidateOnStart();
        services.AddOptions<QualityOptions>().Bind(configuration.GetSection(QualityOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<QualityOptions>, QualityOptionsValidator>();
        services.AddOptions<RunOptions>().Bind(configuration.GetSection(RunOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RunOptions>, RunOptionsValidator>();
        services.AddOptions<CatalogOptions>().Bind(configuration.GetSection(CatalogOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CatalogOptions>, CatalogOptionsValidator>();
        services.TryAddSingleton<IValidateOptions<LakeOptions>, S3LakeOptionsValidator>();
        services.AddAws(configuration);
        services.AddSingleton<RawFileTransformer>();
        services.AddSingleton<RunRecords>();
        services.AddSingleton<LoadedPlaylists>();
        services.AddSingleton<RunRequests>();
        services.AddSingleton<RunCancellation>();
        services.AddOptions<HealthOptions>().Bind(configuration.GetSection(HealthOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HealthOptions>, HealthOptionsValidator>();
        services.AddSingleton<LastGoodRuns>();
        services.AddSingleton<HealthCheck>();
        services.AddNotifications(configuration);
        services.AddTelemetry(configuration);
        return services;
    }

    // Payloads go through the worker's serializer and HTTP results through MVC's: two switches for one style. And a failure keeps its exception's type only when the worker is told so.
    private static void AddPayloads(IServiceCollection services)
    {
        services.Configure<JsonSerializerOptions>(options => RunJson.Configure(options));
        services.Configure<Microsoft.AspNetCore.Mvc.JsonOptions>(options => RunJson.Configure(options.JsonSerializerOptions));
#pragma warning disable CS0618 // Obsolete, as true is the default; false is what keeps the type name of an activity's exception.
        services.Configure<WorkerOptions>(options => options.EnableUserCodeException = false);
#pragma warning restore CS0618
    }
}
