using System.Globalization;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Lake;

/// <summary>
/// The name of a raw file. Ours is <c>spotify_raw_{playlistId}_{yyyyMMddTHHmmssZ}.json</c>, the time being the run's start;
/// the tutorial's is <c>spotify_raw_{yyyy-MM-dd HH:mm:ss.ffffff}.json</c>; any other name is taken too and says nothing of its content. Nor does the mark
/// of a file that was renamed, <c>~</c> and eight hex digits before <c>.json</c>.
/// </summary>
public sealed partial record RawFileName
{
    private const string Prefix = "spotify_raw_";

    private const string Extension = ".json";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public RawFileName(string name)
    {
        Name = name;
        var start = name.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix.Length : 0;
        var end = name.EndsWith(Extension, StringComparison.Ordinal) && name.Length - Extension.Length >= start ? name.Length - Extension.Length : name.Length;
        Stem = name[start..end];
        var said = Mark().Replace(name, Extension);
        if (OwnName().Match(said) is { Success: true } own && TryReadTime(own, TimeFormat, out var time))
        {
            PlaylistId = own.Groups["playlist"].Value;
            ExtractedAt = time;
        }
        else if (TutorialName().Match(said) is { Success: true } tutorial && TryReadTime(tutorial, "yyyy-MM-dd HH:mm:ss", out time))
        {
            ExtractedAt = time;
        }
    }

    /// <summary>The file's name, without a folder.</summary>
    public string Name { get; }

    /// <summary>The name without <c>spotify_raw_</c> and <c>.json</c>: what the file's tables are called after.</summary>
    public string Stem { get; }

    /// <summary>The playlist's id, if the name is of our own pattern.</summary>
    public string? PlaylistId { get; }

    /// <summary>When the file was extracted, if the name is of our own pattern, which has the run's start, or the tutorial's.</summary>
    public DateTimeOffset? ExtractedAt { get; }

    public string ToProcessKey => LakeKeys.ToProcess + Name;

    /// <summary>Where the transform finds the file.</summary>
    public string KeyIn(RawFileSource source) => source is RawFileSource.Processed ? ProcessedKey : ToProcessKey;

    public string ProcessedKey => LakeKeys.Processed + Name;

    public string RejectedKey => LakeKeys.Rejected + Name;

    /// <summary>The names, this one first, whose tables are called the same.</summary>
    public IEnumerable<RawFileName> NamesOfStem => new[] { Name, Stem, $"{Stem}{Extension}", $"{Prefix}{Stem}", $"{Prefix}{Stem}{Extension}" }
        .Distinct(StringComparer.Ordinal).Select(name => new RawFileName(name)).Where(file => file.Stem == Stem && file.Name is not ("" or ['.', ..]));

    /// <summary>The name with a mark of the file's own, of which nothing is read: <c>{name without .json}~{mark}.json</c>.</summary>
    public RawFileName Marked(string mark) =>
        new($"{(Name.EndsWith(Extension, StringComparison.Ordinal) ? Name[..^Extension.Length] : Name)}~{mark}{Extension}");

    /// <summary>The name under which a run that began at <paramref name="runStart"/> keeps a playlist.</summary>
    public static RawFileName For(string playlistId, DateTimeOffset runStart) =>
        new($"{Prefix}{playlistId}_{runStart.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture)}.json");

    /// <summary>The file of a key such as <c>raw_data/to_process/name.json</c>.</summary>
    public static RawFileName OfKey(string key) => new(key[(key.LastIndexOf('/') + 1)..]);

    public override string ToString() => Name;

    private static bool TryReadTime(Match name, string format, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        name.Groups["time"].Value, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    [GeneratedRegex(
        @"~([0-9a-f]{8}|[0-9a-f]{64})\.json\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();

    // Python's str(datetime.now()), which leaves out a fraction of zero; a Lambda's clock is UTC.
    [GeneratedRegex(
        @"\Aspotify_raw_(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(\.\d{6})?\.json\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TutorialName();

    [GeneratedRegex(
        @"\Aspotify_raw_(?<playlist>[A-Za-z0-9_-]+)_(?<time>\d{8}T\d{6}Z)\.json\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnName();
}
