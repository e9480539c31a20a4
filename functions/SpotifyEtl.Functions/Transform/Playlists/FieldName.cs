using System.Text.Json;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Playlists;

/// <summary>The property names that mean something to the transform, and the places of elements in an array.</summary>
internal enum FieldName
{
    None,
    Other,
    First,
    Later,
    AddedAt,
    AddedBy,
    Album,
    AlbumType,
    Albums,
    Artists,
    AudioFeatures,
    Audiobooks,
    Collaborative,
    CurrentlyPlayingType,
    Description,
    DiscNumber,
    DisplayName,
    DurationMs,
    EndTime,
    Episode,
    Episodes,
    Error,
    ErrorDescription,
    Explicit,
    ExtendedMsPlayed,
    ExternalIds,
    ExternalUrls,
    ExtractedAt,
    Followers,
    Genres,
    Href,
    Id,
    Images,
    IsLocal,
    IsPlayable,
    IsPlaying,
    Isrc,
    Item,
    Items,
    LinkedFrom,
    Message,
    MsPlayed,
    Name,
    Next,
    Offset,
    Owner,
    PlayedAt,
    Playlist,
    Playlists,
    Popularity,
    ProgressMs,
    Public,
    Queue,
    ReleaseDate,
    ReleaseDatePrecision,
    Show,
    Shows,
    SnapshotId,
    Spotify,
    Status,
    Timestamp,
    Total,
    TotalTracks,
    Track,
    TrackNumber,
    Tracks,
    Type,
    Uri,
    Url,
}

internal static class FieldNames
{
    /// <summary>How many there are.</summary>
    public const int Count = (int)FieldName.Url + 1;

    private const int LongestName = 22;
    private const int LongestEscape = 6;

    /// <summary>Which name the reader stands on.</summary>
    public static FieldName Of(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Of(reader.ValueSpan);
        }

        if (reader.ValueSpan.Length > LongestName * LongestEscape)
        {
            return FieldName.Other;
        }

        Span<byte> name = stackalloc byte[LongestName * LongestEscape];
        return Of(name[..JsonText.Unescape(reader.ValueSpan, name)]);
    }

    // Of names of one length, those that every row has come first.
    private static FieldName Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => FieldName.Id,
        2 when name.SequenceEqual("ts"u8) => FieldName.Timestamp,
        3 when name.SequenceEqual("uri"u8) => FieldName.Uri,
        3 when name.SequenceEqual("url"u8) => FieldName.Url,
        4 when name.SequenceEqual("name"u8) => FieldName.Name,
        4 when name.SequenceEqual("type"u8) => FieldName.Type,
        4 when name.SequenceEqual("href"u8) => FieldName.Href,
        4 when name.SequenceEqual("isrc"u8) => FieldName.Isrc,
        4 when name.SequenceEqual("item"u8) => FieldName.Item,
        4 when name.SequenceEqual("next"u8) => FieldName.Next,
        4 when name.SequenceEqual("show"u8) => FieldName.Show,
        5 when name.SequenceEqual("album"u8) => FieldName.Album,
        5 when name.SequenceEqual("track"u8) => FieldName.Track,
        5 when name.SequenceEqual("error"u8) => FieldName.Error,
        5 when name.SequenceEqual("items"u8) => FieldName.Items,
        5 when name.SequenceEqual("owner"u8) => FieldName.Owner,
        5 when name.SequenceEqual("queue"u8) => FieldName.Queue,
        5 when name.SequenceEqual("shows"u8) => FieldName.Shows,
        5 when name.SequenceEqual("total"u8) => FieldName.Total,
        6 when name.SequenceEqual("images"u8) => FieldName.Images,
        6 when name.SequenceEqual("albums"u8) => FieldName.Albums,
        6 when name.SequenceEqual("genres"u8) => FieldName.Genres,
        6 when name.SequenceEqual("offset"u8) => FieldName.Offset,
        6 when name.SequenceEqual("public"u8) => FieldName.Public,
        6 when name.SequenceEqual("status"u8) => FieldName.Status,
        6 when name.SequenceEqual("tracks"u8) => FieldName.Tracks,
        7 when name.SequenceEqual("artists"u8) => FieldName.Artists,
        7 when name.SequenceEqual("spotify"u8) => FieldName.Spotify,
        7 when name.SequenceEqual("endTime"u8) => FieldName.EndTime,
        7 when name.SequenceEqual("episode"u8) => FieldName.Episode,
        7 when name.SequenceEqual("message"u8) => FieldName.Message,
        8 when name.SequenceEqual("explicit"u8) => FieldName.Explicit,
        8 when name.SequenceEqual("is_local"u8) => FieldName.IsLocal,
        8 when name.SequenceEqual("added_at"u8) => FieldName.AddedAt,
        8 when name.SequenceEqual("added_by"u8) => FieldName.AddedBy,
        8 when name.SequenceEqual("episodes"u8) => FieldName.Episodes,
        8 when name.SequenceEqual("msPlayed"u8) => FieldName.MsPlayed,
        8 when name.SequenceEqual("playlist"u8) => FieldName.Playlist,
        9 when name.SequenceEqual("followers"u8) => FieldName.Followers,
        9 when name.SequenceEqual("ms_played"u8) => FieldName.ExtendedMsPlayed,
        9 when name.SequenceEqual("played_at"u8) => FieldName.PlayedAt,
        9 when name.SequenceEqual("playlists"u8) => FieldName.Playlists,
        10 when name.SequenceEqual("album_type"u8) => FieldName.AlbumType,
        10 when name.SequenceEqual("popularity"u8) => FieldName.Popularity,
        10 when name.SequenceEqual("audiobooks"u8) => FieldName.Audiobooks,
        10 when name.SequenceEqual("is_playing"u8) => FieldName.IsPlaying,
        11 when name.SequenceEqual("duration_ms"u8) => FieldName.DurationMs,
        11 when name.SequenceEqual("disc_number"u8) => FieldName.DiscNumber,
        11 when name.SequenceEqual("description"u8) => FieldName.Description,
        11 when name.SequenceEqual("is_playable"u8) => FieldName.IsPlayable,
        11 when name.SequenceEqual("linked_from"u8) => FieldName.LinkedFrom,
        11 when name.SequenceEqual("progress_ms"u8) => FieldName.ProgressMs,
        11 when name.SequenceEqual("snapshot_id"u8) => FieldName.SnapshotId,
        12 when name.SequenceEqual("release_date"u8) => FieldName.ReleaseDate,
        12 when name.SequenceEqual("total_tracks"u8) => FieldName.TotalTracks,
        12 when name.SequenceEqual("track_number"u8) => FieldName.TrackNumber,
        12 when name.SequenceEqual("external_ids"u8) => FieldName.ExternalIds,
        12 when name.SequenceEqual("display_name"u8) => FieldName.DisplayName,
        12 when name.SequenceEqual("extracted_at"u8) => FieldName.ExtractedAt,
        13 when name.SequenceEqual("external_urls"u8) => FieldName.ExternalUrls,
        13 when name.SequenceEqual("collaborative"u8) => FieldName.Collaborative,
        14 when name.SequenceEqual("audio_features"u8) => FieldName.AudioFeatures,
        17 when name.SequenceEqual("error_description"u8) => FieldName.ErrorDescription,
        22 when name.SequenceEqual("release_date_precision"u8) => FieldName.ReleaseDatePrecision,
        22 when name.SequenceEqual("currently_playing_type"u8) => FieldName.CurrentlyPlayingType,
        _ => FieldName.Other,
    };
}
