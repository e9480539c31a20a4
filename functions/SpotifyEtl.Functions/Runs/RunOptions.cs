using SpotifyEtl.Settings;

namespace SpotifyEtl.Runs;

/// <summary>Settings of runs: section <c>Runs</c>.</summary>
public sealed class RunOptions : ISettings
{
    private const string Allowed = "a number of days from 1 to 3650";

    public static string SectionName => "Runs";

    /// <summary>How many days the history of an ended run is kept. Default: 30.</summary>
    [Setting("days", "how long the history of ended runs is kept; their records stay in the lake", Allowed = Allowed)]
    public int KeepDays { get; set; } = 30;

    public IEnumerable<string> Faults()
    {
        if (KeepDays is < 1 or > 3650)
        {
            yield return $"Runs__KeepDays is {KeepDays}; it must be {Allowed}.";
        }
    }
}
