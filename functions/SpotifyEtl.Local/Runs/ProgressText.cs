using System.Globalization;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>A run's progress in words.</summary>
internal static class ProgressText
{
    /// <summary>Such as <c>transform 50 of 1000 files, 2 set aside, 98.0/s, 10 s left</c>.</summary>
    /// <param name="progress">How far the run is.</param>
    /// <param name="perSecond">What its phase does in a second; null: not known.</param>
    public static string Of(RunProgress progress, double? perSecond)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Verb(progress.Phase)} {progress.Done} of {progress.Total}{Unit(progress.Phase)}");
        if (progress.Failed > 0)
        {
            text += string.Create(
                CultureInfo.InvariantCulture, $", {progress.Failed} {(progress.Phase is RunPhase.Transform ? "set aside or failed" : "failed")}");
        }

        if (progress.WaitsUntil is { } until)
        {
            return text + string.Create(
                CultureInfo.InvariantCulture, $", {progress.Deferred} waiting for Spotify until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        }

        if (perSecond is not { } pace)
        {
            return text;
        }

        text += string.Create(CultureInfo.InvariantCulture, $", {pace:0.0}/s");
        return progress.Done < progress.Total ? $"{text}, {Duration((progress.Total - progress.Done) / pace)} left" : text;
    }

    public static string Verb(RunPhase phase) => phase.ToString().ToLowerInvariant();

    private static string Duration(double seconds) => seconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };

    private static string Unit(RunPhase phase) => phase switch
    {
        RunPhase.Extract => " lists",
        RunPhase.Transform => " files",
        RunPhase.Crawl => " tables",
        _ => string.Empty,
    };
}
