namespace SpotifyEtl.Spotify;

/// <summary>The rows that came are not all of one state of the playlist. It never leaves the extraction, which starts over.</summary>
internal sealed class IncompletePlaylistException(string reason) : Exception(reason);
