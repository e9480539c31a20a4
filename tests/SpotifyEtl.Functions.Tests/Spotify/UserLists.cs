using System.Globalization;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>The signed-in user of a <see cref="SpotifyServer"/>: who it is, what the token covers, and the lists.</summary>
internal sealed class UserLists
{
    private const int MostKept = 50;

    public string Id { get; set; } = "ann";

    /// <summary>What the token covers.</summary>
    public HashSet<string> Scopes { get; } = new(["user-library-read", "user-top-read", "user-read-recently-played"], StringComparer.Ordinal);

    /// <summary>The playlists that the user sees, each JSON text that is sent as it is.</summary>
    public IReadOnlyList<string> Playlists { get; set; } = [];

    public IReadOnlyList<string> SavedTracks { get; set; } = [];

    /// <summary>The top tracks of whichever time, bare ones.</summary>
    public IReadOnlyList<string> TopTracks { get; set; } = [];

    /// <summary>When something was played, in order; the newest fifty are kept.</summary>
    public List<DateTimeOffset> Plays { get; } = [];

    /// <summary>How a play is put.</summary>
    public Func<DateTimeOffset, string> Play { get; set; } = at =>
        $$$"""{ "track" : {"id":"t{{{at:mmss}}}"}, "played_at":"{{{at:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}}", "context":null }""";

    public static string Playlist(string id, string owner, bool collaborative = false)
    {
        var together = collaborative ? "true" : "false";
        return $$$"""{"collaborative":{{{together}}},"id":"{{{id}}}","name":"n","owner":{"id":"{{{owner}}}"},"snapshot_id":"s","items":{"total":1}}""";
    }

    /// <summary>What an endpoint of the user's answers; null: it is none.</summary>
    public Answer? Answer(Asked asked, Func<IReadOnlyList<string>, string> page) => asked.Path switch
    {
        "/v1/me" => new Answer(200, $$"""{"country":"SE","display_name":"Änn","email":"ann@example.org","href":"h","id":"{{Id}}","product":"premium"}"""),
        "/v1/me/playlists" => new Answer(200, page(Playlists)),
        "/v1/me/tracks" => Covered("user-library-read") ?? new Answer(200, page(SavedTracks)),
        "/v1/me/top/tracks" => Covered("user-top-read") ?? new Answer(200, page(TopTracks)),
        "/v1/me/player/recently-played" => Covered("user-read-recently-played") ?? new Answer(200, PlaysBody(asked)),
        _ => null,
    };

    private Answer? Covered(string scope) => Scopes.Contains(scope) ? null : Spotify.Answer.Error(403, "Insufficient client scope");

    // The newest first, whatever was asked for.
    private string PlaysBody(Asked asked)
    {
        var limit = asked.Number("limit") ?? 20;
        var after = asked.Query.TryGetValue("after", out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : (long?)null;
        var rows = Plays.TakeLast(MostKept).Where(at => !(at.ToUnixTimeMilliseconds() <= after)).TakeLast(limit).Reverse().ToList();
        var cursors = rows.Count == 0
            ? "null"
            : $$"""{"after":"{{rows[0].ToUnixTimeMilliseconds()}}","before":"{{rows[^1].ToUnixTimeMilliseconds()}}"}""";
        return $$"""{ "items" : [ {{string.Join(", ", rows.Select(Play))}} ] , "next":null, "cursors":{{cursors}}, "limit":{{limit}}, "href":"here" }""";
    }
}
