using System.Text.Json;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Playlists;

/// <summary>
/// Reads one row of a playlist. Every method is false when the reader runs out of bytes: the row is then read again from its start,
/// with more of the file in the window. Of repeated keys the last one counts.
/// </summary>
internal static class RowParser
{
    /// <summary>Reads the row whose first token the reader stands on.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, PlaylistRow row)
    {
        row.Kind = reader.TokenType;
        return row.Kind == JsonTokenType.StartObject ? TryReadTrack(ref reader, row, row.Bare, isRow: true) : TrySkip(ref reader, row);
    }

    private static bool TryReadTrack(ref Utf8JsonReader reader, PlaylistRow row, TrackFields track, bool isRow)
    {
        track.Clear();
        track.IsObject = reader.TokenType == JsonTokenType.StartObject;
        if (!track.IsObject)
        {
            return TrySkip(ref reader, row);
        }

        while (TryReadName(ref reader, out var name))
        {
            var complete = name switch
            {
                null => true,
                FieldName.Id => TryReadId(ref reader, row, out track.Id),
                FieldName.Name => TryReadValue(ref reader, row, out track.Name),
                FieldName.Type => TryReadValue(ref reader, row, out track.Type),
                FieldName.Uri => TryReadValue(ref reader, row, out track.Uri),
                FieldName.DurationMs => TryReadValue(ref reader, row, out track.DurationMs),
                FieldName.Popularity => TryReadValue(ref reader, row, out track.Popularity),
                FieldName.Explicit => TryReadValue(ref reader, row, out track.Explicit),
                FieldName.ExternalUrls => TryReadMember(ref reader, row, FieldName.Spotify, out track.Url),
                FieldName.ExternalIds => TryReadMember(ref reader, row, FieldName.Isrc, out track.Isrc),
                FieldName.Album => TryReadAlbum(ref reader, row, track.Album),
                FieldName.Artists => TryReadTrackArtists(ref reader, row, track),
                FieldName.IsLocal => TryReadIsLocal(ref reader, row, track),
                FieldName.Item when isRow => TryReadTrack(ref reader, row, row.Item, isRow: false),
                FieldName.Track when isRow => TryReadTrack(ref reader, row, row.Classic, isRow: false),
                FieldName.AddedAt when isRow => TryReadAddedAt(ref reader, row),
                _ => TrySkip(ref reader, row),
            };
            if (name is null || !complete)
            {
                return complete;
            }
        }

        return false;
    }

    private static bool TryReadAlbum(ref Utf8JsonReader reader, PlaylistRow row, AlbumFields album)
    {
        album.Clear();
        album.IsObject = reader.TokenType == JsonTokenType.StartObject;
        if (!album.IsObject)
        {
            return TrySkip(ref reader, row);
        }

        while (TryReadName(ref reader, out var name))
        {
            var complete = name switch
            {
                null => true,
                FieldName.Id => TryReadId(ref reader, row, out album.Id),
                FieldName.Name => TryReadValue(ref reader, row, out album.Name),
                FieldName.ReleaseDate => TryReadValue(ref reader, row, out album.ReleaseDate),
                FieldName.ReleaseDatePrecision => TryReadValue(ref reader, row, out album.ReleaseDatePrecision),
                FieldName.TotalTracks => TryReadValue(ref reader, row, out album.TotalTracks),
                FieldName.AlbumType => TryReadValue(ref reader, row, out album.Type),
                FieldName.ExternalUrls => TryReadMember(ref reader, row, FieldName.Spotify, out album.Url),
                FieldName.Artists => TryReadArtists(ref reader, row, album.Artists),
                _ => TrySkip(ref reader, row),
            };
            if (name is null || !complete)
            {
                return complete;
            }
        }

        return false;
    }

    private static bool TryReadTrackArtists(ref Utf8JsonReader reader, PlaylistRow row, TrackFields track)
    {
        track.HasArtists = reader.TokenType == JsonTokenType.StartArray;
        return TryReadArtists(ref reader, row, track.Artists);
    }

    private static bool TryReadArtists(ref Utf8JsonReader reader, PlaylistRow row, List<ArtistFields> artists)
    {
        artists.Clear();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return TrySkip(ref reader, row);
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return true;
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                if (!TrySkip(ref reader, row))
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

    private static bool TryReadArtist(ref Utf8JsonReader reader, PlaylistRow row, out ArtistFields artist)
    {
        artist = default;
        while (TryReadName(ref reader, out var name))
        {
            var complete = name switch
            {
                null => true,
                FieldName.Id => TryReadId(ref reader, row, out artist.Id),
                FieldName.Name => TryReadValue(ref reader, row, out artist.Name),
                FieldName.ExternalUrls => TryReadMember(ref reader, row, FieldName.Spotify, out artist.Url),
                _ => TrySkip(ref reader, row),
            };
            if (name is null || !complete)
            {
                return complete;
            }
        }

        return false;
    }

    /// <summary>Reads a member's name and moves on to its value; the name is null at the object's end.</summary>
    private static bool TryReadName(ref Utf8JsonReader reader, out FieldName? name)
    {
        name = null;
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.EndObject)
        {
            return true;
        }

        name = FieldNames.Of(ref reader);
        return reader.Read();
    }

    /// <summary>Reads one member of an object, such as the URL among <c>external_urls</c>.</summary>
    private static bool TryReadMember(ref Utf8JsonReader reader, PlaylistRow row, FieldName member, out Text text)
    {
        text = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return TrySkip(ref reader, row);
        }

        while (TryReadName(ref reader, out var name))
        {
            if (name is null)
            {
                return true;
            }

            if (!(name == member ? TryReadValue(ref reader, row, out text) : TrySkip(ref reader, row)))
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryReadAddedAt(ref Utf8JsonReader reader, PlaylistRow row)
    {
        row.HasAddedAt = true;
        return TryReadValue(ref reader, row, out row.AddedAt);
    }

    private static bool TryReadIsLocal(ref Utf8JsonReader reader, PlaylistRow row, TrackFields track)
    {
        track.IsLocal = reader.TokenType == JsonTokenType.True;
        return TrySkip(ref reader, row);
    }

    /// <summary>A text that counts only as a string.</summary>
    private static bool TryReadId(ref Utf8JsonReader reader, PlaylistRow row, out Text text)
    {
        text = default;
        return reader.TokenType == JsonTokenType.String ? TryReadValue(ref reader, row, out text) : TrySkip(ref reader, row);
    }

    private static bool TryReadValue(ref Utf8JsonReader reader, PlaylistRow row, out Text text)
    {
        text = default;
        switch (reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                text = row.Keep(ref reader);
                return true;
            default:
                return TrySkip(ref reader, row);
        }
    }

    /// <summary>Goes to the end of the value that the reader stands on.</summary>
    private static bool TrySkip(ref Utf8JsonReader reader, PlaylistRow row)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return reader.TrySkip();
        }

        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndArray:
                    return true;
                case JsonTokenType.String:
                    row.PassMarkets(ref reader);
                    break;
                default:
                    if (!reader.TrySkip())
                    {
                        return false;
                    }

                    break;
            }
        }

        return false;
    }
}
