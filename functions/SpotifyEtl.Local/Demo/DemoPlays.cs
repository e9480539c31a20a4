using System.Globalization;
using System.Text.Json;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Demo;

/// <summary>What the demo's user has played: forty of the demo's songs in twelve days, some of them often, the same bytes every time.</summary>
public static class DemoPlays
{
    /// <summary>The source that they are.</summary>
    public const string Source = "me/player/recently-played";

    public const string UserId = "spotify-etl-demo";

    public const string UserName = "Lighthouse Radio";

    private const int Count = 40;
    private const int Days = 12;

    private static readonly DateTimeOffset s_firstDay = new(2026, 10, 24, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<IReadOnlyList<DemoPlay>> s_built = new(Build);

    /// <summary>What the raw files of the source are called for the demo's user.</summary>
    public static string RawName => SourceId.TryParse(Source, out var id, out _) ? id.RawNameOf(new SpotifyUser(UserId, UserName)) : Source;

    /// <summary>The plays, the newest first, as the API sends them.</summary>
    public static IReadOnlyList<DemoPlay> Newest => s_built.Value;

    private static List<DemoPlay> Build()
    {
        List<(DemoAlbum Album, DemoSong Song, int Number)> songs =
        [
            .. DemoSongs.Albums
                .SelectMany(album => album.Songs.Select((song, n) => (Album: album, Song: song, Number: n + 1)))
                .OrderByDescending(entry => entry.Song.Popularity)
                .ThenBy(entry => entry.Song.Title, StringComparer.Ordinal),
        ];
        return
        [
            .. Enumerable.Range(0, Count)
                .Select(n =>
                {
                    var name = n.ToString(CultureInfo.InvariantCulture);

                    // Of two draws the lower: who likes a song plays it again.
                    var (album, song, number) = songs[Math.Min(DemoId.Number("play", name, songs.Count), DemoId.Number("play again", name, songs.Count))];
                    var at = PlayedAt(n, name);
                    return new DemoPlay(at, Row(album, song, number, at, isFromPlaylist: DemoId.Number("context", name, 3) > 0));
                })
                .OrderByDescending(play => play.At),
        ];
    }

    // From seven in the morning to midnight, in the hours after work more than in others.
    private static DateTimeOffset PlayedAt(int n, string name)
    {
        var minute = Math.Max(DemoId.Number("minute", name, 17 * 60), DemoId.Number("evening", name, 16 * 60));
        return s_firstDay.AddDays(n * Days / Count).AddHours(7).AddMinutes(minute).AddMilliseconds(DemoId.Number("moment", name, 60_000));
    }

    private static byte[] Row(DemoAlbum album, DemoSong song, int number, DateTimeOffset at, bool isFromPlaylist) => DemoJson.Object(json =>
    {
        json.WriteStartObject("track");
        DemoSongJson.WriteTrack(json, album, song, number);
        json.WriteEndObject();
        json.WriteString("played_at", at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        if (isFromPlaylist)
        {
            json.WriteStartObject("context");
            WriteContext(json);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("context");
        }
    });

    private static void WriteContext(Utf8JsonWriter json)
    {
        json.WriteStartObject("external_urls");
        json.WriteString("spotify", $"https://open.spotify.com/playlist/{DemoPlaylist.Id}");
        json.WriteEndObject();
        json.WriteString("href", $"https://api.spotify.com/v1/playlists/{DemoPlaylist.Id}");
        DemoJson.WriteType(json, "playlist", DemoPlaylist.Id);
    }
}

/// <summary>A song that was played.</summary>
/// <param name="At">When.</param>
/// <param name="Row">The row as the API would send it, one JSON object.</param>
public sealed record DemoPlay(DateTimeOffset At, ReadOnlyMemory<byte> Row);
