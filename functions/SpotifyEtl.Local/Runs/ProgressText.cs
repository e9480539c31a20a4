using System.Globalization;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>A run's progress in words.</summary>
internal static class ProgressText
{
    /// <summary>Such as <c>transform 50 of 1000 files, 2 failed, 98.0/s</c>.</summary>
    /// <param name="progress">How far the run is.</param>
    /// <param name="inPhase">How long its phase has lasted.</param>
    public static string Of(RunProgress progress, TimeSpan inPhase)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Verb(progress.Phase)} {progress.Done} of {progress.Total}{Unit(progress.Phase)}");
        if (progress.Failed > 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $", {progress.Failed} {(progress.Phase is RunPhase.Transform ? "set aside or failed" : "failed")}");
        }

        if (progress.WaitsUntil is { } until)
        {
            return text + string.Create(CultureInfo.InvariantCulture, $", {progress.Deferred} waiting for Spotify until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        }

        return progress.Done > 0 && inPhase > TimeSpan.FromSeconds(1)
            ? text + string.Create(CultureInfo.InvariantCulture, $", {progress.Done / inPhase.TotalSeconds:0.0}/s")
            : text;
    }

    public static string Verb(RunPhase phase) => phase.ToString().ToLowerInvariant();

    private static string Unit(RunPhase phase) => phase switch
    {
        RunPhase.Extract => " playlists",
        RunPhase.Transform => " files",
        RunPhase.Crawl => " tables",
        _ => string.Empty,
    };
}
