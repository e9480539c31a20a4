using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Spotify;

/// <summary>The id of a playlist: 22 letters and digits, given as they are, or in a Spotify URI or link.</summary>
public sealed partial record PlaylistId
{
    private const int LongestShown = 100;

    private PlaylistId(string value) => Value = value;

    public string Value { get; }

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
        error = FormerName().Match(given) is { Success: true } former
            ? $"'{shown}' is no playlist: the user's top tracks are a source, me/top/tracks:{former.Groups["range"].Value}. "
                + "Put it into Spotify__Sources, or give --source."
            : $"'{shown}' is no playlist id. An id is 22 letters and digits, such as 4hRz0PqVt2mXk9wYc7LbNa; "
            + "spotify:playlist:4hRz0PqVt2mXk9wYc7LbNa and https://open.spotify.com/playlist/4hRz0PqVt2mXk9wYc7LbNa are read too.";
        return false;
    }

    public override string ToString() => Value;

    [GeneratedRegex(
        @"\A(spotify:playlist:|https://open\.spotify\.com/(intl-[A-Za-z]{2,3}(-[A-Za-z]{2})?/)?(user/[^/?#]+/)?playlist/)?"
        + @"(?<id>[0-9A-Za-z]{22})((?<=/[0-9A-Za-z]{22})/?([?#].*)?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Accepted();

    [GeneratedRegex(
        @"\Atop_(?<range>(short|medium|long)_term)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormerName();
}
