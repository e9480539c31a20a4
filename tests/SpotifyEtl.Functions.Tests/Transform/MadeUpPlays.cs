using System.Globalization;
using System.Text.Json.Nodes;

namespace SpotifyEtl.Functions.Tests.Transform;

/// <summary>Invented plays as the API and both generations of the account data export tell them.</summary>
internal static class MadeUpPlays
{
    /// <summary>A row of the API's play history.</summary>
    public static JsonObject Recent(string song, string playedAt, string? context = null) => new()
    {
        ["track"] = MadeUp.Track(song, "a1"),
        ["played_at"] = playedAt,
        ["context"] = context is null ? null : new JsonObject { ["type"] = "playlist", ["href"] = "x", ["uri"] = context },
    };

    /// <summary>A page of the API's play history: it has cursors, and no total.</summary>
    public static JsonObject RecentPage(params JsonNode?[] rows) => new()
    {
        ["items"] = new JsonArray(rows),
        ["next"] = "https://api.spotify.com/v1/me/player/recently-played?after=1717567200123&limit=50",
        ["cursors"] = new JsonObject { ["after"] = "1717567200123", ["before"] = "1717567100000" },
        ["limit"] = 50,
        ["href"] = "https://api.spotify.com/v1/me/player/recently-played?limit=50",
    };

    /// <summary>Our own raw file of the API's play history.</summary>
    public static JsonObject RecentOwn(string extractedAt, params JsonNode?[] rows) => new()
    {
        ["source"] = new JsonObject { ["name"] = "me/player/recently-played", ["user_id"] = "user1", ["user_name"] = "User 1" },
        ["extracted_at"] = extractedAt,
        ["items"] = new JsonArray(rows),
    };

    /// <summary>A row of Streaming_History_Audio_*.json.</summary>
    public static JsonObject Extended(string song, string ts, int msPlayed = 200_000) => new()
    {
        ["ts"] = ts,
        ["username"] = "user1",
        ["platform"] = "ios",
        ["ms_played"] = msPlayed,
        ["conn_country"] = "SE",
        ["ip_addr_decrypted"] = "203.0.113.7",
        ["master_metadata_track_name"] = $"Song {song}",
        ["master_metadata_album_artist_name"] = "Artist a1",
        ["master_metadata_album_album_name"] = $"Album album-{song}",
        ["spotify_track_uri"] = $"spotify:track:{song}",
        ["episode_name"] = null,
        ["episode_show_name"] = null,
        ["spotify_episode_uri"] = null,
        ["reason_start"] = "trackdone",
        ["reason_end"] = "trackdone",
        ["shuffle"] = false,
        ["skipped"] = null,
        ["offline"] = false,
        ["offline_timestamp"] = 1717567000,
        ["incognito_mode"] = false,
    };

    /// <summary>A row of StreamingHistory*.json.</summary>
    public static JsonObject LastYear(string song, string endTime, int msPlayed = 200_000) => new()
    {
        ["endTime"] = endTime,
        ["artistName"] = "Artist a1",
        ["trackName"] = $"Song {song}",
        ["msPlayed"] = msPlayed,
    };

    /// <summary>Such as <c>2024-06-05T08:00:07Z</c>.</summary>
    public static string Second(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>2024-06-05 08:00</c>.</summary>
    public static string Minute(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
