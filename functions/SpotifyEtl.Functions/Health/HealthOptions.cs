using SpotifyEtl.Settings;

namespace SpotifyEtl.Health;

/// <summary>When the app is healthy: section <c>Health</c>.</summary>
public sealed class HealthOptions : ISettings
{
    private const string Allowed = "a time such as 1.02:00:00 (a day and two hours), or 00:00:00 for no limit";

    public static string SectionName => "Health";

    /// <summary>
    /// How old the last good run may be. Default: 26 hours, a daily schedule and two hours for the run. Zero: it does not matter, as where
    /// runs are started by hand.
    /// </summary>
    [Setting("time", "how old the last good run may be before healthz answers 503; `00:00:00`: any age", Allowed = Allowed)]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(26);

    public IEnumerable<string> Faults()
    {
        if (MaxAge < TimeSpan.Zero)
        {
            yield return $"Health__MaxAge is {MaxAge}; it must be {Allowed}.";
        }
    }
}
