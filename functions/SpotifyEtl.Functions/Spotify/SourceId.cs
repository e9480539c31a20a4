using System.Diagnostics.CodeAnalysis;

namespace SpotifyEtl.Spotify;

/// <summary>The name of what a run loads of Spotify: a playlist, or a list of the signed-in user, by the address that Spotify gives it.</summary>
public sealed record SourceId
{
    /// <summary>The names that there are, for people.</summary>
    public const string Allowed = "playlist:{id}, me/playlists, me/tracks, me/top/tracks:short_term, me/top/tracks:medium_term, "
        + "me/top/tracks:long_term and me/player/recently-played";

    private const string PlaylistPrefix = "playlist:";
    private const int LongestShown = 100;

    private static readonly string[] s_playlistScopes = ["playlist-read-private", "playlist-read-collaborative"];

    private static readonly SourceId[] s_ofUser =
    [
        new("me/playlists", SourceKind.UserPlaylists) { Title = "Own playlists", Scopes = s_playlistScopes },
        new("me/tracks", SourceKind.SavedTracks) { Title = "Saved tracks", ListName = "tracks", Scopes = ["user-library-read"] },
        Top("short_term", "short term"),
        Top("medium_term", "medium term"),
        Top("long_term", "long term"),
        new("me/player/recently-played", SourceKind.RecentlyPlayed) { Title = "Recently played", Scopes = ["user-read-recently-played"] },
    ];

    private SourceId(string name, SourceKind kind)
    {
        Name = name;
        Kind = kind;
    }

    /// <summary>What a user has to agree to for any playlist.</summary>
    public static IReadOnlyList<string> PlaylistScopes => s_playlistScopes;

    /// <summary>Those of the signed-in user.</summary>
    public static IReadOnlyList<SourceId> OfUser => s_ofUser;

    /// <summary>The name as it is kept and shown.</summary>
    public string Name { get; }

    public SourceKind Kind { get; }

    /// <summary>The playlist, if it is one.</summary>
    public PlaylistId? Playlist { get; private init; }

    /// <summary>Over which time top tracks are counted.</summary>
    public string? TimeRange { get; private init; }

    /// <summary>What the list is called where a playlist has its name.</summary>
    public string? Title { get; private init; }

    /// <summary>What of the user's the list is, for its id.</summary>
    public string? ListName { get; private init; }

    /// <summary>What a user has to agree to.</summary>
    public IReadOnlyList<string> Scopes { get; private init; } = s_playlistScopes;

    /// <summary>Whether only a signed-in user has it.</summary>
    public bool IsOfUser => Kind is not SourceKind.Playlist;

    /// <summary>What it is called in a sentence.</summary>
    public string Subject => Playlist is null ? $"source {Name}" : $"playlist {Playlist}";

    /// <summary>What it is called where a sentence begins.</summary>
    public string Heading => Playlist is null ? $"Source {Name}" : $"Playlist {Playlist}";

    /// <summary>The command by which a user agrees to its scopes.</summary>
    public string AuthorizeCommand => Playlist is null ? $"'spotify-etl authorize --source {Name}'" : "'spotify-etl authorize'";

    public static SourceId Of(PlaylistId playlist) => new(PlaylistPrefix + playlist.Value, SourceKind.Playlist) { Playlist = playlist };

    /// <summary>Whether a raw file of this name part has what a user has played recently.</summary>
    public static bool IsRecentlyPlayed(string rawName) => rawName.StartsWith("me-player-recently-played-", StringComparison.Ordinal);

    /// <summary>Reads a name, in upper or lower case; the error lists those that there are.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SourceId? id, [NotNullWhen(false)] out string? error)
    {
        var given = (text ?? "").Trim();
        if (given.StartsWith(PlaylistPrefix, StringComparison.OrdinalIgnoreCase))
        {
            id = PlaylistId.TryParse(given[PlaylistPrefix.Length..], out var playlist, out error) ? Of(playlist) : null;
            return id is not null;
        }

        id = Array.Find(s_ofUser, source => source.Name.Equals(given, StringComparison.OrdinalIgnoreCase));
        var shown = given.Length > LongestShown ? given[..LongestShown] + "…" : given;
        error = id is null ? $"'{shown}' is no source. Allowed are {Allowed}." : null;
        return id is not null;
    }

    /// <summary>What the raw files of this source and user are called.</summary>
    public string RawNameOf(SpotifyUser user) => $"{Name.Replace('/', '-').Replace(':', '-')}-{user.KeyName}";

    /// <summary>The id of this list of a user's.</summary>
    public string ListIdOf(SpotifyUser user) => $"{user.Id}:{ListName}";

    public override string ToString() => Name;

    private static SourceId Top(string range, string words) => new($"me/top/tracks:{range}", SourceKind.TopTracks)
    {
        TimeRange = range,
        Title = $"Top tracks, {words}",
        ListName = $"top-tracks:{range}",
        Scopes = ["user-top-read"],
    };
}
