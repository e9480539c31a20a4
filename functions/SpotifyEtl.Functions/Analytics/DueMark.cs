using System.Text.RegularExpressions;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Analytics;

/// <summary>What makes a month due: that a run changed the rows of a raw file.</summary>
internal sealed partial record DueMark(string Key, string Month, string Stem)
{
    /// <summary>The mark of a key, as <see cref="LakeKeys.Due(string, string, string)"/> makes it; null: the key is none of a mark.</summary>
    public static DueMark? Parse(string key) =>
        key.StartsWith(LakeKeys.DueMonths, StringComparison.Ordinal) && Pattern.Match(key[LakeKeys.DueMonths.Length..]) is { Success: true } match
            ? new DueMark(key, match.Groups["month"].Value, match.Groups["stem"].Value)
            : null;

    [GeneratedRegex(
        @"^(?<month>[^/]+)/(?<stem>[^/]+)\.[0-9a-f]{12}\.json$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern { get; }
}
