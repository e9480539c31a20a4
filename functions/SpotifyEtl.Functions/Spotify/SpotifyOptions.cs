using System.Globalization;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Spotify;

/// <summary>How Spotify's API is reached and what is read there: the settings that begin with <c>Spotify__</c>. An empty one counts as not set.</summary>
public sealed class SpotifyOptions : ISettings
{
    public static string SectionName => "Spotify";

    /// <summary>The app's id; set together with <see cref="ClientSecret"/> or not at all.</summary>
    [Setting("text", "an app's id; without credentials `run` loads the demo playlist")]
    public string? ClientId { get; set; }

    /// <summary>The app's secret.</summary>
    [Setting("secret", "the app's secret")]
    public string? ClientSecret { get; set; }

    /// <summary>
    /// A user's refresh token, which <c>spotify-etl authorize</c> gets: with it the app reads what the user may. Without it the app signs in
    /// as itself.
    /// </summary>
    [Setting("secret", "a user's token, which `authorize` writes: with it the app reads what the user may")]
    public string? RefreshToken { get; set; }

    /// <summary>
    /// The day, in UTC, on which the user authorized the app, such as 2026-11-22: a month before the six that it holds are over there are
    /// warnings. Optional.
    /// </summary>
    [Setting("day", "when the user authorized the app, which tells before that ends; `authorize` writes it")]
    public string? AuthorizedAt { get; set; }

    /// <summary>The playlists of a run: ids, URIs or links, with commas between them.</summary>
    [Setting("list", "playlist ids, URIs or links with commas between them, for scheduled runs and `run` without `--playlist`")]
    public string? Playlists { get; set; }

    /// <summary>What else a run loads, with commas between: playlists, and lists of the signed-in user by their names.</summary>
    [Setting(
        "list",
        "what else scheduled runs, and `run` without `--source`, load, with commas between: `playlist:{id}`, `me/playlists`, `me/tracks`, "
        + "`me/top/tracks:short_term` (`medium_term`, `long_term`), `me/player/recently-played`")]
    public string? Sources { get; set; }

    /// <summary>The two letters of a country: tracks are then those that play there, and unplayable ones say so.</summary>
    [Setting("text", "two-letter country whose view of the playlist is taken")]
    public string? Market { get; set; }

    /// <summary>Where the Web API is; https://api.spotify.com/v1/ when not set.</summary>
    [Setting("URL", "where the Web API is", Default = "Spotify's")]
    public string? ApiBaseUrl { get; set; }

    /// <summary>Where tokens are; https://accounts.spotify.com/api/token when not set.</summary>
    [Setting("URL", "where tokens are", Default = "Spotify's")]
    public string? TokenUrl { get; set; }

    /// <summary>Whether the app's credentials are set, so that Spotify can be asked at all.</summary>
    public bool HasCredentials => !string.IsNullOrEmpty(ClientId) && !string.IsNullOrEmpty(ClientSecret);

    /// <summary>The day in <see cref="AuthorizedAt"/>, if it is set.</summary>
    public DateTimeOffset? AuthorizedOn =>
        DateTimeOffset.TryParse(AuthorizedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>What <see cref="Playlists"/> and <see cref="Sources"/> name, in order, each once. Of validated settings, nothing is left out.</summary>
    public SourceSelection Selection() => SourceSelection.Of(
        PlaylistEntries().Select(entry => PlaylistId.TryParse(entry, out var id, out _) ? id.Value : null).OfType<string>(),
        SourceEntries().Select(entry => SourceId.TryParse(entry, out var id, out _) ? id : null).OfType<SourceId>());

    /// <summary>Why a source of the signed-in user cannot be read; null: it can, or is none.</summary>
    public string? UserFault(SourceId source) => !source.IsOfUser || !string.IsNullOrEmpty(RefreshToken)
        ? null
        : $"{source} is of the signed-in user, and Spotify__RefreshToken is not set: run {source.AuthorizeCommand}.";

    public IEnumerable<string> Faults() => SpotifyOptionsFaults.Of(this);

    /// <summary>Names every setting, and of a secret only whether it is set.</summary>
    public override string ToString() =>
        $"{nameof(SpotifyOptions)} {{ ClientId = {ClientId}, ClientSecret = {Hidden(ClientSecret)}, RefreshToken = {Hidden(RefreshToken)}, "
        + $"AuthorizedAt = {AuthorizedAt}, Playlists = {Playlists}, Sources = {Sources}, Market = {Market}, "
        + $"ApiBaseUrl = {ApiBaseUrl}, TokenUrl = {TokenUrl} }}";

    internal string[] PlaylistEntries() => EntriesOf(Playlists);

    internal string[] SourceEntries() => EntriesOf(Sources);

    private static string[] EntriesOf(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Hidden(string? secret) => string.IsNullOrEmpty(secret) ? "(not set)" : "(set)";
}
