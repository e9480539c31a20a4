using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Items;

/// <summary>
/// What a row says of a play: the API's play history has the time and the context beside the track, the two generations of the streaming history that
/// Spotify's account data export holds have the rest too.
/// </summary>
internal sealed class PlayFields
{
    /// <summary>When it was, as the API says.</summary>
    public Text PlayedAt;

    /// <summary>When it ended, to the second, as the extended streaming history says.</summary>
    public Text Timestamp;

    /// <summary>When it ended, to the minute, as the streaming history of the last year says.</summary>
    public Text EndTime;

    public Text MsPlayed;
    public Text TrackName;
    public Text ArtistName;
    public Text AlbumName;
    public Text TrackUri;
    public Text EpisodeName;
    public Text ShowName;
    public Text EpisodeUri;
    public Text ChapterTitle;
    public Text BookTitle;
    public Text ChapterUri;
    public Text ContextUri;
    public Text Incognito;

    public void Clear() => PlayedAt = Timestamp = EndTime = MsPlayed = TrackName = ArtistName = AlbumName = TrackUri = EpisodeName = ShowName = EpisodeUri =
        ChapterTitle = BookTitle = ChapterUri = ContextUri = Incognito = default;
}
