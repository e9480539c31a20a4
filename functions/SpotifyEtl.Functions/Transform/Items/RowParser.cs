using System.Text.Json;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Items;

/// <summary>
/// Reads one row of a playlist, or one play. Every method is false when the reader runs out of bytes: the row is then read again from its start,
/// with more of the file in the window. Of repeated keys the last one counts.
/// </summary>
internal static class RowParser
{
    /// <summary>Reads the row whose first token the reader stands on.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, RawRow row)
    {
        row.Kind = reader.TokenType;
        return row.Kind == JsonTokenType.StartObject ? TryReadTrack(ref reader, row, row.Bare, isRow: true) : Member.TrySkip(ref reader, row);
    }

    private static bool TryReadTrack(ref Utf8JsonReader reader, RawRow row, TrackFields track, bool isRow)
    {
        track.Clear();
        track.IsObject = reader.TokenType == JsonTokenType.StartObject;
        if (!track.IsObject)
        {
            return Member.TrySkip(ref reader, row);
        }

        while (Member.TryReadName(ref reader, out var name))
        {
            var complete = name switch
            {
                null => true,
                FieldName.Id => Member.TryReadId(ref reader, row, out track.Id),
                FieldName.Name => Member.TryReadValue(ref reader, row, out track.Name),
                FieldName.Type => Member.TryReadValue(ref reader, row, out track.Type),
                FieldName.Uri => Member.TryReadValue(ref reader, row, out track.Uri),
                FieldName.DurationMs => Member.TryReadValue(ref reader, row, out track.DurationMs),
                FieldName.Popularity => Member.TryReadValue(ref reader, row, out track.Popularity),
                FieldName.Explicit => Member.TryReadValue(ref reader, row, out track.Explicit),
                FieldName.ExternalUrls => Member.TryReadMember(ref reader, row, FieldName.Spotify, out track.Url),
                FieldName.ExternalIds => Member.TryReadMember(ref reader, row, FieldName.Isrc, out track.Isrc),
                FieldName.Album => TryReadAlbum(ref reader, row, track.Album),
                FieldName.Artists => TryReadTrackArtists(ref reader, row, track),
                FieldName.IsLocal => TryReadIsLocal(ref reader, row, track),
                FieldName.IsPlayable => Member.TryReadValue(ref reader, row, out track.IsPlayable),
                FieldName.DiscNumber => Member.TryReadValue(ref reader, row, out track.DiscNumber),
                FieldName.TrackNumber => Member.TryReadValue(ref reader, row, out track.TrackNumber),
                FieldName.LinkedFrom => Member.TryReadMember(ref reader, row, FieldName.Id, out track.LinkedFromId),
                FieldName.Item when isRow => TryReadTrack(ref reader, row, row.Item, isRow: false),
                FieldName.Track when isRow => TryReadTrack(ref reader, row, row.Classic, isRow: false),
                FieldName.AddedAt when isRow => TryReadAddedAt(ref reader, row),
                FieldName.AddedBy when isRow => Member.TryReadMember(ref reader, row, FieldName.Id, out row.AddedBy),
                { } other when isRow => PlayParser.TryRead(ref reader, row, other),
                _ => Member.TrySkip(ref reader, row),
            };
            if (name is null || !complete)
            {
                return complete;
            }
        }

        return false;
    }

    private static bool TryReadAlbum(ref Utf8JsonReader reader, RawRow row, AlbumFields album)
    {
        album.Clear();
        album.IsObject = reader.TokenType == JsonTokenType.StartObject;
        if (!album.IsObject)
        {
            return Member.TrySkip(ref reader, row);
        }

        while (Member.TryReadName(ref reader, out var name))
        {
            var complete = name switch
            {
                null => true,
                FieldName.Id => Member.TryReadId(ref reader, row, out album.Id),
                FieldName.Name => Member.TryReadValue(ref reader, row, out album.Name),
                FieldName.ReleaseDate => Member.TryReadValue(ref reader, row, out album.ReleaseDate),
                FieldName.ReleaseDatePrecision => Member.TryReadValue(ref reader, row, out album.ReleaseDatePrecision),
                FieldName.TotalTracks => Member.TryReadValue(ref reader, row, out album.TotalTracks),
                FieldName.AlbumType => Member.TryReadValue(ref reader, row, out album.Type),
                FieldName.ExternalUrls => Member.TryReadMember(ref reader, row, FieldName.Spotify, out album.Url),
                FieldName.Artists => TryReadArtists(ref reader, row, album.Artists),
                FieldName.Images => TryReadFirstImage(ref reader, row, out album.ImageUrl),
                _ => Member.TrySkip(ref reader, row),
            };
            if (name is null || !complete)
            {
                return complete;
            }
        }

        return false;
    }

    private static bool TryReadTrackArtists(ref Utf8JsonReader reader, RawRow row, TrackFields track)
    {
        track.HasArtists = reader.TokenType == JsonTokenType.StartArray;
        return TryReadArtists(ref reader, row, track.Artists);
    }

    private static bool TryReadArtists(ref Utf8JsonReader reader, RawRow row, List<ArtistFields> artists)
    {
        artists.Clear();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Member.TrySkip(ref reader, row);
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return true;
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                if (!Member.TrySkip(ref reader, row))
                {
                    return false;
                }

                continue;
            }

            if (!TryReadArtist(ref reader, row, out var artist))
            {
                return false;
            }

            artists.Add(artist);
        }

        return false;
    }

    private static bool TryReadArtist(ref Utf8JsonReader reader, RawRow row, out ArtistFields artist)
    {
        artist = default;
        while (Member.TryReadName(ref reader, out var name))
        {
            var complete = name switch
            {
                null => true,
                FieldName.Id => Member.TryReadId(ref reader, row, out artist.Id),
                FieldName.Name => Member.TryReadValue(ref reader, row, out artist.Name),
                FieldName.ExternalUrls => Member.TryReadMember(ref reader, row, FieldName.Spotify, out artist.Url),
                _ => Member.TrySkip(ref reader, row),
            };
            if (name is null || !complete)
            {
                return complete;
            }
        }

        return false;
    }

    // Spotify lists the widest first.
    private static bool TryReadFirstImage(ref Utf8JsonReader reader, RawRow row, out Text url)
    {
        url = default;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Member.TrySkip(ref reader, row);
        }

        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return true;
        }

        if (!Member.TryReadMember(ref reader, row, FieldName.Url, out url))
        {
            return false;
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return true;
            }

            if (!Member.TrySkip(ref reader, row))
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryReadAddedAt(ref Utf8JsonReader reader, RawRow row)
    {
        row.HasAddedAt = true;
        return Member.TryReadValue(ref reader, row, out row.AddedAt);
    }

    private static bool TryReadIsLocal(ref Utf8JsonReader reader, RawRow row, TrackFields track)
    {
        track.IsLocal = reader.TokenType == JsonTokenType.True;
        return Member.TrySkip(ref reader, row);
    }
}
