using System.Text.Json;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Playlists;

/// <summary>The property names that mean something to the transform.</summary>
internal enum FieldName
{
    Other,
    AddedAt,
    Album,
    AlbumType,
    Artists,
    DurationMs,
    Explicit,
    ExternalIds,
    ExternalUrls,
    ExtractedAt,
    Id,
    IsLocal,
    Isrc,
    Item,
    Items,
    Name,
    Playlist,
    Popularity,
    ReleaseDate,
    ReleaseDatePrecision,
    SnapshotId,
    Spotify,
    TotalTracks,
    Track,
    Tracks,
    Type,
    Uri,
}

internal static class FieldNames
{
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

    private static FieldName Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => FieldName.Id,
        3 when name.SequenceEqual("uri"u8) => FieldName.Uri,
        4 when name.SequenceEqual("name"u8) => FieldName.Name,
        4 when name.SequenceEqual("type"u8) => FieldName.Type,
        4 when name.SequenceEqual("item"u8) => FieldName.Item,
        4 when name.SequenceEqual("isrc"u8) => FieldName.Isrc,
        5 when name.SequenceEqual("track"u8) => FieldName.Track,
        5 when name.SequenceEqual("album"u8) => FieldName.Album,
        5 when name.SequenceEqual("items"u8) => FieldName.Items,
        6 when name.SequenceEqual("tracks"u8) => FieldName.Tracks,
        7 when name.SequenceEqual("artists"u8) => FieldName.Artists,
        7 when name.SequenceEqual("spotify"u8) => FieldName.Spotify,
        8 when name.SequenceEqual("is_local"u8) => FieldName.IsLocal,
        8 when name.SequenceEqual("explicit"u8) => FieldName.Explicit,
        8 when name.SequenceEqual("added_at"u8) => FieldName.AddedAt,
        8 when name.SequenceEqual("playlist"u8) => FieldName.Playlist,
        10 when name.SequenceEqual("popularity"u8) => FieldName.Popularity,
        10 when name.SequenceEqual("album_type"u8) => FieldName.AlbumType,
        11 when name.SequenceEqual("duration_ms"u8) => FieldName.DurationMs,
        11 when name.SequenceEqual("snapshot_id"u8) => FieldName.SnapshotId,
        12 when name.SequenceEqual("external_ids"u8) => FieldName.ExternalIds,
        12 when name.SequenceEqual("extracted_at"u8) => FieldName.ExtractedAt,
        12 when name.SequenceEqual("release_date"u8) => FieldName.ReleaseDate,
        12 when name.SequenceEqual("total_tracks"u8) => FieldName.TotalTracks,
        13 when name.SequenceEqual("external_urls"u8) => FieldName.ExternalUrls,
        22 when name.SequenceEqual("release_date_precision"u8) => FieldName.ReleaseDatePrecision,
        _ => FieldName.Other,
    };
}
