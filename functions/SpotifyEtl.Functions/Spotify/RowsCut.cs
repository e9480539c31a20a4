using System.Text.Json;

namespace SpotifyEtl.Spotify;

/// <summary>Cuts the rows out of a playlist object: the array in its <c>items</c> or <c>tracks</c>. All other bytes stay as they are.</summary>
internal static class RowsCut
{
    /// <exception cref="JsonException">It is no JSON object, or not whole.</exception>
    public static byte[] Of(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The playlist is no JSON object.");
        }

        var start = (int)reader.TokenStartIndex;
        List<Range> cuts = [];
        ReadMembers(ref reader, cuts, isPlaylist: true);
        var end = (int)reader.BytesConsumed;

        // Reads on behind the object, so that anything there is found too.
        reader.Read();
        return Without(cuts, body, start, end);
    }

    // A member is cut with the comma before it; one with nothing before it, with the comma behind it.
    private static void ReadMembers(ref Utf8JsonReader reader, List<Range> cuts, bool isPlaylist)
    {
        var (end, keptBefore) = ((int)reader.BytesConsumed, false);
        int? cutToNext = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            if (cutToNext is { } before)
            {
                cuts.Add(before..start);
                cutToNext = null;
            }

            var holdsRows = ReceivedText.Is(ref reader, "items"u8) || (isPlaylist && ReceivedText.Is(ref reader, "tracks"u8));
            reader.Read();
            var isRows = holdsRows && reader.TokenType == JsonTokenType.StartArray;
            if (isPlaylist && holdsRows && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadMembers(ref reader, cuts, isPlaylist: false);
            }
            else
            {
                reader.Skip();
            }

            if (isRows && keptBefore)
            {
                cuts.Add(end..(int)reader.BytesConsumed);
            }
            else if (isRows)
            {
                cutToNext = start;
            }

            (end, keptBefore) = ((int)reader.BytesConsumed, keptBefore || !isRows);
        }

        if (cutToNext is { } only)
        {
            cuts.Add(only..end);
        }
    }

    private static byte[] Without(List<Range> cuts, ReadOnlySpan<byte> body, int start, int end)
    {
        var kept = new byte[end - start - cuts.Sum(cut => cut.End.Value - cut.Start.Value)];
        var length = 0;
        foreach (var cut in cuts)
        {
            body[start..cut.Start.Value].CopyTo(kept.AsSpan(length));
            length += cut.Start.Value - start;
            start = cut.End.Value;
        }

        body[start..end].CopyTo(kept.AsSpan(length));
        return kept;
    }
}
