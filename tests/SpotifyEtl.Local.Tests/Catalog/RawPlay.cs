using System.Globalization;
using System.Text.Json.Nodes;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>A play as a row of a raw file tells it.</summary>
internal sealed record RawPlay(string RawFile, string Source, DateTime PlayedAt, string Kind, string? SongId, string? Artist, string? Name, int? MsPlayed)
{
    private const string TrackUri = "spotify:track:";

    public static bool IsPlay(JsonObject row) => row.ContainsKey("played_at") || row.ContainsKey("ms_played") || row.ContainsKey("msPlayed");

    /// <summary>Null: the row names nothing.</summary>
    public static RawPlay? Of(string file, JsonObject row, int? msPlayed)
    {
        string? Text(params string[] names) => names.Select(name => row[name]?.GetValue<string>()).FirstOrDefault(text => text is not null);
        var (source, time) = row.ContainsKey("played_at") ? ("recently_played", Text("played_at"))
            : row.ContainsKey("ts") ? ("extended_streaming_history", Text("ts"))
            : ("streaming_history", Text("endTime"));
        var at = DateTime.Parse(time!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
        if (row["track"] is JsonObject track)
        {
            return new RawPlay(
                file, source, at, "track", (string?)track["id"], (string?)track["artists"]?.AsArray().FirstOrDefault()?["name"],
                ((string?)track["name"])?.ReplaceLineEndings(" "), msPlayed);
        }

        var uri = Text("spotify_track_uri");
        return (Text("trackName", "master_metadata_track_name"), Text("episodeName", "episode_name")) switch
        {
            ({ } name, _) => new RawPlay(
                file, source, at, "track", uri?[TrackUri.Length..], Text("artistName", "master_metadata_album_artist_name"), name, msPlayed),
            (_, { } name) => new RawPlay(file, source, at, "episode", null, Text("podcastName", "episode_show_name"), name, msPlayed),
            _ => null,
        };
    }
}
