using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SpotifyEtl.Telemetry;

/// <summary>
/// The pipeline's own spans and figures. They cost next to nothing while nobody listens. A step that is made again, as after a crash,
/// counts again: the exact numbers are in the records of runs.
/// </summary>
internal static class EtlTelemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "SpotifyEtl";

    public static readonly ActivitySource Source = new(Name);

    public static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Runs = Meter.CreateCounter<long>("spotify_etl.runs", "{run}", "Runs that ended, by status.");

    public static readonly Histogram<double> RunDuration = Meter.CreateHistogram(
        "spotify_etl.run.duration",
        "s",
        "From a run's first step to its last.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400] });

    public static readonly Counter<long> Files = Meter.CreateCounter<long>("spotify_etl.files", "{file}", "Raw files, by what became of them.");

    public static readonly Counter<long> Rows = Meter.CreateCounter<long>("spotify_etl.rows", "{row}", "Rows written, by table.");

    public static readonly Counter<long> Rejects = Meter.CreateCounter<long>(
        "spotify_etl.rejects", "{row}", "Playlist rows that could not be loaded, by reason.");

    public static readonly Counter<long> RateLimits = Meter.CreateCounter<long>("spotify_etl.rate_limits", "{response}", "Answers 429 of Spotify.");

    public static readonly Counter<long> Retries = Meter.CreateCounter<long>("spotify_etl.retries", "{retry}", "Requests made again, by the service asked.");

    public static readonly Counter<long> LakeCalls = Meter.CreateCounter<long>("spotify_etl.lake.calls", "{call}", "Calls of the lake, by what they do.");

    /// <summary>The tag of <see cref="Runs"/>, <see cref="RunDuration"/> and <see cref="Files"/>.</summary>
    public static KeyValuePair<string, object?> Status(string status) => new("spotify_etl.status", status);

    /// <summary>The tag of <see cref="Rows"/>.</summary>
    public static KeyValuePair<string, object?> OfTable(string table) => new("spotify_etl.table", table);

    /// <summary>The tag of <see cref="Rejects"/>.</summary>
    public static KeyValuePair<string, object?> Reason(string reason) => new("spotify_etl.reason", reason);

    /// <summary>The tag of <see cref="Retries"/>.</summary>
    public static KeyValuePair<string, object?> Service(string service) => new("rpc.service", service);

    /// <summary>The tag of <see cref="LakeCalls"/>.</summary>
    public static KeyValuePair<string, object?> Operation(string operation) => new("spotify_etl.operation", operation);

    /// <summary>Says that what a span stands for failed.</summary>
    public static void Fail(this Activity span, string errorType) => span.SetTag("error.type", errorType).SetStatus(ActivityStatusCode.Error);
}
