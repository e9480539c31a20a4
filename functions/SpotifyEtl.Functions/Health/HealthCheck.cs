using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Health;

/// <summary>Judges the app by the age of its last good run. What it found holds for half a minute, so that asking often costs little.</summary>
public sealed class HealthCheck(LastGoodRuns lastGood, IOptions<HealthOptions> options, TimeProvider time)
{
    private static readonly TimeSpan s_holds = TimeSpan.FromSeconds(30);

    private volatile Finding? _found;

    public async Task<HealthReport> LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = _found;
        if (found is null || now - found.At >= s_holds || lastGood.Known != found.Run)
        {
            _found = found = await FindAsync(now, cancellationToken);
        }

        var maxAge = options.Value.MaxAge;
        var age = now - found.Run?.EndedAt;
        var status = found switch
        {
            { Problem: not null } => HealthStatus.Unreadable,
            _ when maxAge == TimeSpan.Zero || age <= maxAge => HealthStatus.Healthy,
            { Run: null } => HealthStatus.NoGoodRun,
            _ => HealthStatus.Stale,
        };
        return new HealthReport(status, found.Run, age?.TotalSeconds, maxAge == TimeSpan.Zero ? null : maxAge.TotalSeconds) { Problem = found.Problem };
    }

    private async Task<Finding> FindAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return new Finding(now, await lastGood.FindAsync(cancellationToken), Problem: null);
        }
        catch (EtlException exception)
        {
            return new Finding(now, lastGood.Known, exception.Message);
        }
    }

    private sealed record Finding(DateTimeOffset At, LastGoodRun? Run, string? Problem);
}

/// <summary>What was found.</summary>
/// <param name="Status">The verdict.</param>
/// <param name="LastGoodRun">The newest run that succeeded; null: none has.</param>
/// <param name="AgeSeconds">How long ago it ended.</param>
/// <param name="MaxAgeSeconds">How long ago that may be; null: it does not matter.</param>
public sealed record HealthReport(HealthStatus Status, LastGoodRun? LastGoodRun, double? AgeSeconds, double? MaxAgeSeconds)
{
    /// <summary>Why the lake could not be read; absent when it could.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Problem { get; init; }

    [JsonIgnore]
    public bool IsHealthy => Status is HealthStatus.Healthy;
}

/// <summary>How the app is.</summary>
public enum HealthStatus
{
    Healthy,

    /// <summary>The last good run is older than Health__MaxAge.</summary>
    Stale,

    /// <summary>No run has succeeded yet.</summary>
    NoGoodRun,

    /// <summary>The lake could not be read.</summary>
    Unreadable,
}
