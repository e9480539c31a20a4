namespace SpotifyEtl.Spotify;

/// <summary>The rows that came are not all of one state of the list. It never leaves the extraction, which starts over.</summary>
internal sealed class IncompleteListException(string reason) : Exception(reason);
