using System.Text.Json;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Items;

/// <summary>
/// Reads the members of a JSON object one after another, for <see cref="RowParser"/>. Every method is false when the reader runs out of bytes.
/// </summary>
internal static class Member
{
    /// <summary>Reads a member's name and moves on to its value; the name is null at the object's end.</summary>
    public static bool TryReadName(ref Utf8JsonReader reader, out FieldName? name)
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
    public static bool TryReadMember(ref Utf8JsonReader reader, RawRow row, FieldName member, out Text text)
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

    /// <summary>A text that counts only as a string.</summary>
    public static bool TryReadId(ref Utf8JsonReader reader, RawRow row, out Text text)
    {
        text = default;
        return reader.TokenType == JsonTokenType.String ? TryReadValue(ref reader, row, out text) : TrySkip(ref reader, row);
    }

    public static bool TryReadValue(ref Utf8JsonReader reader, RawRow row, out Text text)
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
    public static bool TrySkip(ref Utf8JsonReader reader, RawRow row)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return reader.TrySkip();
        }

        // The reader copies itself before it skips, even where there is nothing to skip.
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return true;
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
