using System.Globalization;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Lake;

/// <summary>
/// The name of a raw file. Ours is <c>spotify_raw_{playlistId}_{yyyyMMddTHHmmssZ}.json</c>, the time being the run's start;
/// any other name is taken too and says nothing of its content.
/// </summary>
public sealed partial record RawFileName
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public RawFileName(string name)
    {
        Name = name;
        var start = name.StartsWith("spotify_raw_", StringComparison.Ordinal) ? "spotify_raw_".Length : 0;
        var end = name.EndsWith(".json", StringComparison.Ordinal) && name.Length - 5 >= start ? name.Length - 5 : name.Length;
        Stem = name[start..end];
        if (OwnName().Match(name) is { Success: true } own
            && DateTimeOffset.TryParseExact(own.Groups["time"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            PlaylistId = own.Groups["playlist"].Value;
            ExtractedAt = time;
        }
    }

    /// <summary>The file's name, without a folder.</summary>
    public string Name { get; }

    /// <summary>The name without <c>spotify_raw_</c> and <c>.json</c>: what the file's tables are called after.</summary>
    public string Stem { get; }

    /// <summary>The playlist's id, if the name is of our own pattern.</summary>
    public string? PlaylistId { get; }

    /// <summary>The start of the run that extracted the file, if the name is of our own pattern.</summary>
    public DateTimeOffset? ExtractedAt { get; }

    public string ToProcessKey => LakeKeys.ToProcess + Name;

    /// <summary>Where the transform finds the file.</summary>
    public string KeyIn(RawFileSource source) => source is RawFileSource.Processed ? ProcessedKey : ToProcessKey;

    public string ProcessedKey => LakeKeys.Processed + Name;

    public string RejectedKey => LakeKeys.Rejected + Name;

    /// <summary>The name under which a run that began at <paramref name="runStart"/> keeps a playlist.</summary>
    public static RawFileName For(string playlistId, DateTimeOffset runStart) =>
        new($"spotify_raw_{playlistId}_{runStart.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture)}.json");

    /// <summary>The file of a key such as <c>raw_data/to_process/name.json</c>.</summary>
    public static RawFileName OfKey(string key) => new(key[(key.LastIndexOf('/') + 1)..]);

    public override string ToString() => Name;

    [GeneratedRegex(
        @"\Aspotify_raw_(?<playlist>[A-Za-z0-9_-]+)_(?<time>\d{8}T\d{6}Z)\.json\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnName();
}
