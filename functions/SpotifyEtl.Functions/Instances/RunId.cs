using System.Globalization;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Instances;

/// <summary>A run's id, which is its orchestration's instance id: letters, digits, _ and -, at most 100.</summary>
public static partial class RunId
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The id of a run that somebody started: <c>manual-{time}-{4 hex}</c>.</summary>
    /// <param name="now">The time of the start.</param>
    /// <param name="suffix">Four hexadecimal digits that tell it from another start in the same second.</param>
    public static string Manual(DateTimeOffset now, string suffix) => $"manual-{Format(now)}-{suffix}";

    /// <summary>The id of the run of a due time: <c>scheduled-{due time}</c>. A tick that comes twice names the same run.</summary>
    public static string Scheduled(DateTimeOffset dueTime) => $"scheduled-{Format(dueTime)}";

    /// <summary>Whether an id is that of a due time's run.</summary>
    public static bool IsScheduled(string id) => ScheduledPattern().IsMatch(id);

    /// <summary>Whether a run may have this id.</summary>
    public static bool IsValid(string id) => Pattern().IsMatch(id);

    private static string Format(DateTimeOffset time) => time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);

    [GeneratedRegex("^scheduled-[0-9]{8}T[0-9]{6}Z\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScheduledPattern();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
