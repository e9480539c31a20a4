using System.Globalization;
using System.Text.Json;

namespace SpotifyEtl.Functions.Tests.Transform;

/// <summary>A play as the rules for table play say.</summary>
internal sealed class OraclePlay
{
    private const string TrackUri = "spotify:track:";

    private readonly JsonElement _row;
    private readonly JsonElement _track;
    private readonly string _kind;
    private readonly string _uri;
    private readonly string _source;
    private readonly DateTime? _time;

    public OraclePlay(JsonElement row, JsonElement track)
    {
        _row = row;
        _track = track;
        (_kind, _uri) =
            HasTrack ? (JsonOracle.StringOf(Of(track, "type")) == "episode" ? "episode" : "track", JsonOracle.TextOf(Of(track, "uri")))
            : Says("spotify_track_uri", "trackName", "master_metadata_track_name") ? ("track", Text("spotify_track_uri"))
            : Says("spotify_episode_uri", "episodeName", "episode_name") ? ("episode", Text("spotify_episode_uri"))
            : Says("audiobook_chapter_uri", "chapterName", "audiobook_chapter_title", "audiobookName", "audiobook_title")
                ? ("chapter", Text("audiobook_chapter_uri"))
            : ("", "");
        (_source, var time) = Text("played_at") != "" ? ("recently_played", Text("played_at"))
            : Text("ts") != "" ? ("extended_streaming_history", Text("ts"))
            : ("streaming_history", Text("endTime"));
        _time = JsonOracle.TimeOf(time.Length > 10 && time[10] == ' ' ? $"{time[..10]}T{time[11..]}" : time);
    }

    public string? Reason => _kind == "" ? "no_track" : _time is null ? "no_time" : null;

    /// <summary>What is said of a play that is rejected; null: what is said of a row that is none.</summary>
    public string? Detail =>
        _row.ValueKind != JsonValueKind.Object ? null : _kind == "" ? "neither a track nor an episode nor a chapter is named" : Name;

    private bool HasTrack => _track.ValueKind == JsonValueKind.Object;

    private string Name => _kind switch
    {
        _ when HasTrack => JsonOracle.TextOf(Of(_track, "name")),
        "track" => Text("trackName", "master_metadata_track_name"),
        "episode" => Text("episodeName", "episode_name"),
        _ => Text("chapterName", "audiobook_chapter_title"),
    };

    private string Artist => _kind switch
    {
        _ when HasTrack => Of(_track, "artists") is { ValueKind: JsonValueKind.Array } artists
            ? JsonOracle.TextOf(Of(artists.EnumerateArray().FirstOrDefault(artist => artist.ValueKind == JsonValueKind.Object), "name"))
            : "",
        "track" => Text("artistName", "master_metadata_album_artist_name"),
        "episode" => Text("podcastName", "episode_show_name"),
        _ => Text("audiobookName", "audiobook_title"),
    };

    public string[] Row(string extractedAt, string rawFile) =>
    [
        _time!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        HasTrack && _kind == "track" ? JsonOracle.StringOf(Of(_track, "id"))
            : _uri.StartsWith(TrackUri, StringComparison.Ordinal) ? _uri[TrackUri.Length..] : "",
        Name,
        Artist,
        _kind != "track" ? "" : HasTrack ? JsonOracle.TextOf(Of(Of(_track, "album"), "name")) : Text("master_metadata_album_album_name"),
        JsonOracle.NumberOf(Last("msPlayed", "ms_played")),
        JsonOracle.TextOf(Of(Last("context"), "uri")),
        _source, extractedAt, rawFile, _kind, _uri,
        Text("incognito_mode"),
    ];

    private static JsonElement Of(JsonElement owner, string name) => JsonOracle.Member(owner, name);

    private bool Says(params string[] names) => names.Any(name => Text(name) != "");

    private string Text(params string[] names) => JsonOracle.TextOf(Last(names));

    // Both generations of an export have a name of their own for most things; of several the last one counts.
    private JsonElement Last(params string[] names) => _row.ValueKind == JsonValueKind.Object
        ? _row.EnumerateObject().Where(member => names.Contains(member.Name, StringComparer.Ordinal)).Select(member => member.Value).LastOrDefault()
        : default;
}
