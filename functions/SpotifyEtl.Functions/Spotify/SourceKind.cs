namespace SpotifyEtl.Spotify;

/// <summary>The kinds of what a run loads of Spotify.</summary>
public enum SourceKind
{
    Playlist,

    /// <summary>The playlists that the user owns or collaborates on: each is then loaded as a playlist.</summary>
    UserPlaylists,

    SavedTracks,

    TopTracks,

    /// <summary>It is read on from where it was read to, and has no state to be whole of.</summary>
    RecentlyPlayed,
}
