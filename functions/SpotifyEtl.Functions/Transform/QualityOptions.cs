using SpotifyEtl.Settings;

namespace SpotifyEtl.Transform;

/// <summary>When a raw file as a whole is not good enough to load: section <c>Quality</c>.</summary>
public sealed class QualityOptions : ISettings
{
    private const string Allowed = "a number from 0 to 1";

    private const string AllowedBytes = "a number of bytes, 1 or more";

    public static string SectionName => "Quality";

    /// <summary>A file with a larger share of rejected rows than this is itself rejected.</summary>
    /// <value>From 0 (one reject is too many) to 1 (no file is rejected for its rows). Default 0.5.</value>
    [Setting("0 to 1", "a file with a larger share of rejected rows is itself set aside", Allowed = Allowed)]
    public double MaxRejectedShare { get; set; } = 0.5;

    /// <summary>A gzipped raw file that unpacks to more is rejected.</summary>
    /// <value>Bytes, at least 1. Default 4 GiB.</value>
    [Setting("bytes", "a gzipped file that unpacks to more is itself set aside", Allowed = AllowedBytes)]
    public long MaxUnpackedBytes { get; set; } = 4L << 30;

    public IEnumerable<string> Faults()
    {
        if (MaxUnpackedBytes < 1)
        {
            yield return $"Quality__MaxUnpackedBytes is {MaxUnpackedBytes}: it must be {AllowedBytes}.";
        }

        if (MaxRejectedShare is not (>= 0 and <= 1))
        {
            yield return $"Quality__MaxRejectedShare is {MaxRejectedShare}: it must be {Allowed}.";
        }
    }
}
