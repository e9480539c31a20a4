using System.Globalization;
using SpotifyEtl.Transform.Items;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Plays;

/// <summary>A play as its table sees it. One object serves for all plays of a file; what it gives holds until the next one.</summary>
/// <remarks>
/// https://developer.spotify.com/documentation/web-api/reference/get-recently-played, and the ReadMeFirst files of Spotify's account data export.
/// </remarks>
internal sealed class Play(RawRow row)
{
    private static ReadOnlySpan<byte> TrackUri => "spotify:track:"u8;

    private readonly byte[] _playedAt = new byte[UtcTime.ExtractedAtLength];
    private TrackFields? _track;
    private Text _uri;

    /// <summary>When it was played, in UTC, as finely as the row tells.</summary>
    public DateTime Time { get; private set; }

    /// <summary>The time, cut to the second.</summary>
    public ReadOnlySpan<byte> PlayedAt => _playedAt;

    public PlaySource Source { get; private set; }

    public PlayKind Kind { get; private set; }

    /// <summary>The id of the track, where one is told.</summary>
    public ReadOnlySpan<byte> SongId => _track is not null && Kind is PlayKind.Track ? row.Bytes(_track.Id)
        : Uri.StartsWith(TrackUri) ? Uri[TrackUri.Length..]
        : [];

    public ReadOnlySpan<byte> Name => row.Bytes(NameText);

    /// <summary>Who is heard: the track's first artist, the episode's show or the chapter's book.</summary>
    public ReadOnlySpan<byte> ArtistName => row.Bytes(ArtistText);

    public ReadOnlySpan<byte> AlbumName => Kind is PlayKind.Track ? row.Bytes(_track?.Album.Name ?? row.Play.AlbumName) : [];

    public ReadOnlySpan<byte> Uri => row.Bytes(_uri);

    /// <summary>For how long it was played, where that is told.</summary>
    public Text MsPlayed => row.Play.MsPlayed;

    public Text ContextUri => row.Play.ContextUri;

    public Text Incognito => row.Play.Incognito;

    /// <summary>What helps a person to find a play that is not loaded.</summary>
    public ReadOnlySpan<byte> Detail =>
        row.Kind is not System.Text.Json.JsonTokenType.StartObject ? row.KindInWords
        : Kind is PlayKind.None ? "neither a track nor an episode nor a chapter is named"u8
        : Name;

    private Text NameText => Kind switch
    {
        PlayKind.Track or PlayKind.Episode when _track is not null => _track.Name,
        PlayKind.Track => row.Play.TrackName,
        PlayKind.Episode => row.Play.EpisodeName,
        _ => row.Play.ChapterTitle,
    };

    private Text ArtistText => Kind switch
    {
        PlayKind.Track or PlayKind.Episode when _track is not null => _track.Artists.Count > 0 ? _track.Artists[0].Name : default,
        PlayKind.Track => row.Play.ArtistName,
        PlayKind.Episode => row.Play.ShowName,
        _ => row.Play.BookTitle,
    };

    /// <summary>Takes the row that was just read.</summary>
    /// <param name="track">The row's track, if it has one.</param>
    /// <returns>Why it cannot be loaded.</returns>
    public RejectReason Take(TrackFields? track)
    {
        var said = row.Play;
        _track = track;
        (Kind, _uri) = track switch
        {
            not null => (row.IsEpisode(track) ? PlayKind.Episode : PlayKind.Track, track.Uri),
            _ when !(said.TrackUri.IsEmpty && said.TrackName.IsEmpty) => (PlayKind.Track, said.TrackUri),
            _ when !(said.EpisodeUri.IsEmpty && said.EpisodeName.IsEmpty) => (PlayKind.Episode, said.EpisodeUri),
            _ when !(said.ChapterUri.IsEmpty && said.ChapterTitle.IsEmpty && said.BookTitle.IsEmpty) => (PlayKind.Chapter, said.ChapterUri),
            _ => (PlayKind.None, default),
        };
        (Source, var time) = said switch
        {
            { PlayedAt.IsEmpty: false } => (PlaySource.RecentlyPlayed, said.PlayedAt),
            { Timestamp.IsEmpty: false } => (PlaySource.ExtendedStreamingHistory, said.Timestamp),
            _ => (PlaySource.StreamingHistory, said.EndTime),
        };
        if (Kind is PlayKind.None)
        {
            return RejectReason.NoTrack;
        }

        if (!UtcTime.TryParseMicroseconds(row.Bytes(time), out var utc))
        {
            return RejectReason.NoTime;
        }

        Time = utc;
        utc.TryFormat(_playedAt, out _, "s", CultureInfo.InvariantCulture);
        _playedAt[^1] = (byte)'Z';
        return RejectReason.None;
    }
}
