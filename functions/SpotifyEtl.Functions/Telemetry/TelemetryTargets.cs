using Microsoft.Extensions.Configuration;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Telemetry;

/// <summary>Where telemetry goes, by the settings that OpenTelemetry and Application Insights have everywhere.</summary>
/// <param name="Otlp">Whether to an OTLP endpoint. The exporter reads the OTEL_ settings itself.</param>
/// <param name="AzureMonitor">The connection string of Application Insights, or null.</param>
/// <param name="AsIdentity">Whether Application Insights is to see the app's Azure identity, as where keys are off.</param>
internal sealed record TelemetryTargets(bool Otlp, string? AzureMonitor, bool AsIdentity)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Connection = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public bool IsAny => Otlp || AzureMonitor is not null;

    /// <exception cref="EtlConfigurationException">A setting is not allowed.</exception>
    public static TelemetryTargets Read(IConfiguration configuration)
    {
        var endpoint = configuration[Endpoint];
        if (!string.IsNullOrEmpty(endpoint) && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            throw new EtlConfigurationException(
                $"{Endpoint} is '{endpoint}'; it must be the URL of an OTLP receiver, such as http://127.0.0.1:4317, or empty.");
        }

        if (configuration[Protocol] is { Length: > 0 } protocol && protocol is not ("grpc" or "http/protobuf"))
        {
            throw new EtlConfigurationException($"{Protocol} is '{protocol}'; it must be grpc or http/protobuf, or empty for grpc.");
        }

        var connection = configuration[Connection];
        if (!string.IsNullOrEmpty(connection) && !connection.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase))
        {
            throw new EtlConfigurationException(
                $"{Connection} is set, and has no InstrumentationKey; copy it from the Application Insights resource, or leave it empty. Its value is "
                    + "not shown.");
        }

        return new TelemetryTargets(
            !string.IsNullOrEmpty(endpoint),
            string.IsNullOrEmpty(connection) ? null : connection,
            configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]?.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) is true);
    }
}
