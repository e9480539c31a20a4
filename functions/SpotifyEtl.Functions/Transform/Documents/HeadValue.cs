using System.Buffers;
using System.Text.Json;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Documents;

/// <summary>Takes values of a document's head out of the reader that stands on them.</summary>
internal static class HeadValue
{
    /// <summary>A string's text; null for an empty one and for what is no string.</summary>
    public static byte[]? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.IsEmpty)
        {
            return null;
        }

        var text = new ArrayBufferWriter<byte>();
        JsonText.Append(reader.ValueSpan, text);
        return text.WrittenSpan.ToArray();
    }

    /// <summary>The text of a literal or a number, a whole one without fraction or exponent; null for what is neither.</summary>
    public static byte[]? Literal(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False))
        {
            return null;
        }

        Span<byte> whole = stackalloc byte[WholeNumber.MaxLength];
        var length = reader.TokenType is JsonTokenType.Number ? WholeNumber.Write(reader.ValueSpan, whole) : 0;
        return length > 0 ? whole[..length].ToArray() : reader.ValueSpan.ToArray();
    }

    /// <summary>A whole number that is not negative; null for what is none.</summary>
    public static long? Count(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && WholeNumber.TryRead(reader.ValueSpan, out var value) && value >= 0 ? value : null;
}
