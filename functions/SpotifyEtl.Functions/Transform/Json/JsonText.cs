using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace SpotifyEtl.Transform.Json;

/// <summary>
/// Turns the content of a JSON string into the text of a field: escapes resolved, each line break one space, and U+FFFD for whatever is
/// no valid UTF-8 or half a surrogate pair.
/// </summary>
internal static class JsonText
{
    private static ReadOnlySpan<byte> Replacement => "\uFFFD"u8;

    /// <summary>Whether the content is its own text already.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> content, bool escaped) => !escaped && Utf8.IsValid(content);

    /// <summary>Appends the text of a JSON string's content.</summary>
    /// <returns>The bytes written.</returns>
    public static int Append(ReadOnlySpan<byte> content, ArrayBufferWriter<byte> destination)
    {
        var text = destination.GetSpan(content.Length);
        var length = Unescape(content, text);
        if (Utf8.IsValid(text[..length]))
        {
            destination.Advance(length);
            return length;
        }

        return AppendRepaired(text[..length].ToArray(), destination);
    }

    /// <summary>Resolves escapes and line breaks; the result is never longer than the content.</summary>
    /// <returns>The bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> content, Span<byte> destination)
    {
        var written = 0;
        var afterCarriageReturn = false;
        while (true)
        {
            var plain = content.IndexOf((byte)'\\');
            var run = plain < 0 ? content : content[..plain];
            run.CopyTo(destination[written..]);
            written += run.Length;
            afterCarriageReturn &= run.IsEmpty;
            if (plain < 0)
            {
                return written;
            }

            content = content[(plain + 1)..];
            var character = ReadEscape(ref content);
            if (character != '\n' || !afterCarriageReturn)
            {
                written += new Rune(character is '\r' or '\n' ? ' ' : character).EncodeToUtf8(destination[written..]);
            }

            afterCarriageReturn = character == '\r';
        }
    }

    private static int ReadEscape(ref ReadOnlySpan<byte> content)
    {
        var kind = content[0];
        content = content[1..];
        switch (kind)
        {
            case (byte)'n':
                return '\n';
            case (byte)'r':
                return '\r';
            case (byte)'t':
                return '\t';
            case (byte)'b':
                return '\b';
            case (byte)'f':
                return '\f';
            case (byte)'u':
                return ReadCodePoint(ref content);
            default:
                return kind;
        }
    }

    private static int ReadCodePoint(ref ReadOnlySpan<byte> content)
    {
        var unit = ReadCodeUnit(content);
        content = content[4..];
        if (!char.IsSurrogate(unit))
        {
            return unit;
        }

        if (char.IsHighSurrogate(unit) && content.StartsWith("\\u"u8) && ReadCodeUnit(content[2..]) is var low && char.IsLowSurrogate(low))
        {
            content = content[6..];
            return char.ConvertToUtf32(unit, low);
        }

        return Rune.ReplacementChar.Value;
    }

    private static char ReadCodeUnit(ReadOnlySpan<byte> content) =>
        (char)ushort.Parse(content[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static int AppendRepaired(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> destination)
    {
        var before = destination.WrittenCount;
        while (!text.IsEmpty)
        {
            var valid = Rune.DecodeFromUtf8(text, out _, out var count) == OperationStatus.Done;
            destination.Write(valid ? text[..count] : Replacement);
            text = text[count..];
        }

        return destination.WrittenCount - before;
    }
}
