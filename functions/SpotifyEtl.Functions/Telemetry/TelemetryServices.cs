using System.Reflection;
using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SpotifyEtl.Telemetry;

/// <summary>Sends traces, metrics and logs where the settings say; without such a setting, nothing of it is loaded.</summary>
internal static class TelemetryServices
{
    private const string ServiceName = "spotify-etl";

    // Below a warning it quotes each request with its query, which may hold a key.
    private const string WebServer = "Microsoft.AspNetCore";

    // The pipeline's own, and orchestrations.
    private static readonly string[] s_sources = [EtlTelemetry.Name, "Microsoft.DurableTask"];

    /// <exception cref="Errors.EtlConfigurationException">A setting is not allowed.</exception>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLogging(logging => logging.AddFilter(WebServer, LogLevel.Warning));
        var targets = TelemetryTargets.Read(configuration);
        return targets.IsAny ? Add(services, targets) : services;
    }

    private static IServiceCollection Add(IServiceCollection services, TelemetryTargets targets)
    {
        AwsSpans.Register();
        services.AddLogging(logging => logging
            .AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.Information)
            .AddFilter<OpenTelemetryLoggerProvider>(WebServer, LogLevel.Warning));
        var telemetry = services.AddOpenTelemetry();
        // The host then leaves the worker's logs and calls to the worker, so that each is sent once.
        telemetry.UseFunctionsWorkerDefaults();
        telemetry
            .ConfigureResource(Describe)
            .WithTracing(tracing => tracing.AddSource(s_sources).AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = IsNoCallOfTheHost))
            .WithMetrics(metrics => metrics.AddMeter(EtlTelemetry.Name).AddHttpClientInstrumentation())
            .WithLogging(configureBuilder: null, logging => logging.IncludeFormattedMessage = true);
        if (targets.Otlp)
        {
            telemetry.UseOtlpExporter();
        }

        if (targets.AzureMonitor is { } connection)
        {
            AddAzureMonitor(services, telemetry, connection, targets.AsIdentity);
        }

        return services;
    }

    // What the worker asks its own host over gRPC is told by the spans of orchestrations.
    private static bool IsNoCallOfTheHost(HttpRequestMessage request) => request.Content?.Headers.ContentType?.MediaType != "application/grpc";

    private static void AddAzureMonitor(IServiceCollection services, OpenTelemetryBuilder telemetry, string connection, bool asIdentity)
    {
        services.AddOptions<AzureMonitorExporterOptions>().Configure<IServiceProvider>((options, provider) =>
        {
            options.ConnectionString = connection;
            options.Credential = asIdentity ? provider.GetRequiredService<TokenCredential>() : null;
        });
        telemetry
            .WithTracing(tracing => tracing.AddAzureMonitorTraceExporter())
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter())
            .WithLogging(logging => logging.AddAzureMonitorLogExporter());
    }

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES go before these.
    private static void Describe(ResourceBuilder resource)
    {
        List<KeyValuePair<string, object>> attributes = [];
        if (Environment.GetEnvironmentVariable("WEBSITE_SITE_NAME") is { Length: > 0 } site)
        {
            attributes.Add(new("cloud.provider", "azure"));
            attributes.Add(new("cloud.platform", "azure.functions"));
            attributes.Add(new("faas.name", site));
        }

        resource.AddService(ServiceName, serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString())
            .AddAttributes(attributes)
            .AddEnvironmentVariableDetector();
    }
}
