using System.Globalization;

namespace SpotifyEtl.Spotify;

/// <summary>How Spotify's API is reached and what is read there: the settings that begin with <c>Spotify__</c>. An empty one counts as not set.</summary>
public sealed class SpotifyOptions
{
    public const string SectionName = "Spotify";

    /// <summary>The app's id; set together with <see cref="ClientSecret"/> or not at all.</summary>
    public string? ClientId { get; set; }

    /// <summary>The app's secret.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>A user's refresh token, which <c>spotify-etl authorize</c> gets: with it the app reads what the user may. Without it the app signs in as itself.</summary>
    public string? RefreshToken { get; set; }

    /// <summary>The day, in UTC, on which the user authorized the app, such as 2026-11-22: a month before the six that it holds are over there are warnings. Optional.</summary>
    public string? AuthorizedAt { get; set; }

    /// <summary>The playlists of a run: ids, URIs or links, with commas between them.</summary>
    public string? Playlists { get; set; }

    /// <summary>The two letters of a country: tracks are then those that play there, and unplayable ones say so.</summary>
    public string? Market { get; set; }

    /// <summary>Where the Web API is; https://api.spotify.com/v1/ when not set.</summary>
    public string? ApiBaseUrl { get; set; }

    /// <summary>Where tokens are; https://accounts.spotify.com/api/token when not set.</summary>
    public string? TokenUrl { get; set; }

    /// <summary>Whether the app's credentials are set, so that Spotify can be asked at all.</summary>
    public bool HasCredentials => !string.IsNullOrEmpty(ClientId) && !string.IsNullOrEmpty(ClientSecret);

    /// <summary>The day in <see cref="AuthorizedAt"/>, if it is set.</summary>
    public DateTimeOffset? AuthorizedOn =>
        DateTimeOffset.TryParse(AuthorizedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The ids in <see cref="Playlists"/>, in order, each once. Of settings that were validated, none is left out.</summary>
    public IReadOnlyList<string> PlaylistIds()
    {
        var ids = PlaylistEntries().Select(entry => PlaylistId.TryParse(entry, out var id, out _) ? id.Value : null);
        return [.. ids.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Names every setting, and of a secret only whether it is set.</summary>
    public override string ToString() =>
        $"{nameof(SpotifyOptions)} {{ ClientId = {ClientId}, ClientSecret = {Hidden(ClientSecret)}, RefreshToken = {Hidden(RefreshToken)}, "
        + $"AuthorizedAt = {AuthorizedAt}, Playlists = {Playlists}, Market = {Market}, ApiBaseUrl = {ApiBaseUrl}, TokenUrl = {TokenUrl} }}";

    internal string[] PlaylistEntries() =>
        (Playlists ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Hidden(string? secret) => string.IsNullOrEmpty(secret) ? "(not set)" : "(set)";
}
