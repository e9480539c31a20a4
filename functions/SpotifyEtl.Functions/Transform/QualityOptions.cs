using SpotifyEtl.Settings;

namespace SpotifyEtl.Transform;

/// <summary>When a raw file as a whole is not good enough to load: section <c>Quality</c>.</summary>
public sealed class QualityOptions : ISettings
{
    private const string Allowed = "a number from 0 to 1";

    public static string SectionName => "Quality";

    /// <summary>A file with a larger share of rejected rows than this is itself rejected.</summary>
    /// <value>From 0 (one reject is too many) to 1 (no file is rejected for its rows). Default 0.5.</value>
    [Setting("0 to 1", "a file with a larger share of rejected rows is itself set aside", Allowed = Allowed)]
    public double MaxRejectedShare { get; set; } = 0.5;

    public IEnumerable<string> Faults()
    {
        if (MaxRejectedShare is not (>= 0 and <= 1))
        {
            yield return $"Quality__MaxRejectedShare is {MaxRejectedShare}: it must be {Allowed}.";
        }
    }
}
