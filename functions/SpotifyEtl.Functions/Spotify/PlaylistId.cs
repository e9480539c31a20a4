using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Spotify;

/// <summary>
/// The id of a playlist: 22 letters and digits, given as they are, or in a Spotify URI or link; or the name of one of the signed-in
/// user's lists of top tracks.
/// </summary>
public sealed partial record PlaylistId
{
    private const int LongestShown = 100;
    private const string TopPrefix = "top_";

    private PlaylistId(string value) => Value = value;

    public string Value { get; }

    /// <summary>Whether the list is one of the signed-in user's, over which time: <c>short_term</c>, <c>medium_term</c> or <c>long_term</c>.</summary>
    public string? TopTimeRange => Value.StartsWith(TopPrefix, StringComparison.Ordinal) ? Value[TopPrefix.Length..] : null;

    /// <summary>Reads an id, a <c>spotify:playlist:</c> URI or an open.spotify.com link; the error shows what these look like.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PlaylistId? id, [NotNullWhen(false)] out string? error)
    {
        var given = (text ?? "").Trim();
        if (Accepted().Match(given) is { Success: true } match)
        {
            id = new PlaylistId(match.Groups["id"].Value);
            error = null;
            return true;
        }

        id = null;
        var shown = given.Length > LongestShown ? given[..LongestShown] + "…" : given;
        error = $"'{shown}' is no playlist id. An id is 22 letters and digits, such as 4hRz0PqVt2mXk9wYc7LbNa; "
            + "spotify:playlist:4hRz0PqVt2mXk9wYc7LbNa and https://open.spotify.com/playlist/4hRz0PqVt2mXk9wYc7LbNa are read too, "
            + "and so are top_short_term, top_medium_term and top_long_term, the top tracks of the signed-in user.";
        return false;
    }

    public override string ToString() => Value;

    [GeneratedRegex(
        @"\A((?<id>top_(short|medium|long)_term)|(spotify:playlist:|https://open\.spotify\.com/(intl-[A-Za-z]{2,3}(-[A-Za-z]{2})?/)?(user/[^/?#]+/)?playlist/)?"
        + @"(?<id>[0-9A-Za-z]{22})((?<=/[0-9A-Za-z]{22})/?([?#].*)?)?)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Accepted();
}
