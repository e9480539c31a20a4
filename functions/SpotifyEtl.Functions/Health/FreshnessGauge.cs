using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Errors;
using SpotifyEtl.Telemetry;

namespace SpotifyEtl.Health;

/// <summary>Tells the age of the last good run, as this process last saw it in the lake.</summary>
internal sealed class FreshnessGauge(LastGoodRuns lastGood, TimeProvider time, ILogger<FreshnessGauge> logger) : BackgroundService
{
    public const string Name = "spotify_etl.freshness";
    public const string Unit = "s";

    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The meter is the process's: one of the host's own would be gone before the last export.
        EtlTelemetry.Meter.CreateObservableGauge(Name, Observe, Unit, "How long ago the last run that succeeded ended.");
        using PeriodicTimer next = new(s_interval, time);
        do
        {
            try
            {
                await lastGood.FindAsync(stoppingToken);
            }
            catch (EtlException exception)
            {
                HealthLog.FreshnessUnknown(logger, exception);
            }
        }
        while (await next.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<double>> Observe() =>
        lastGood.Known is { } run ? [new Measurement<double>((time.GetUtcNow() - run.EndedAt).TotalSeconds)] : [];
}
