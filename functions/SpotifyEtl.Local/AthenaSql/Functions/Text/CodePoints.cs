using System.Text;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Text by its code points.</summary>
internal static class CodePoints
{
    public static string Reverse(string text)
    {
        var reversed = new StringBuilder(text.Length);
        for (var end = text.Length; end > 0;)
        {
            var start = end - (end > 1 && char.IsSurrogatePair(text[end - 2], text[end - 1]) ? 2 : 1);
            reversed.Append(text, start, end - start);
            end = start;
        }

        return reversed.ToString();
    }

    /// <summary>Each letter by another one: none becomes two.</summary>
    public static string Upper(string text) => Map(text, rune => rune.Value == 'ı' ? new Rune('I') : Rune.ToUpperInvariant(rune));

    public static string Lower(string text) => Map(text, rune => rune.Value == 'İ' ? new Rune('i') : Rune.ToLowerInvariant(rune));

    /// <summary>What is searched may be empty: then it is between all characters.</summary>
    public static string Replace(string text, string search, string replacement)
    {
        if (search.Length > 0)
        {
            return text.Replace(search, replacement, StringComparison.Ordinal);
        }

        var replaced = new StringBuilder(replacement);
        foreach (var rune in text.EnumerateRunes())
        {
            replaced.Append(rune.ToString()).Append(replacement);
        }

        return replaced.ToString();
    }

    /// <summary>The place, from one, of an occurrence of a part; from the end for negative ones; zero where there is none.</summary>
    public static long Position(string text, string part, long occurrence)
    {
        if (occurrence == 0)
        {
            throw new PermanentEtlException("'instance' must be a positive or negative number.");
        }

        if (part.Length == 0)
        {
            return 1;
        }

        var index = occurrence > 0 ? -1 : text.Length;
        for (var found = 0L; found < Math.Abs(occurrence); found++)
        {
            index = occurrence > 0
                ? text.IndexOf(part, index + 1, StringComparison.Ordinal)
                : index == 0 ? -1 : text[..Math.Min(text.Length, index - 1 + part.Length)].LastIndexOf(part, StringComparison.Ordinal);
            if (index < 0)
            {
                return 0;
            }
        }

        return Count(text.AsSpan(0, index)) + 1;
    }

    public static string PadLeft(string text, long size, string padding)
    {
        var (kept, filling) = Pad(text, size, padding);
        return filling + kept;
    }

    public static string PadRight(string text, long size, string padding)
    {
        var (kept, filling) = Pad(text, size, padding);
        return kept + filling;
    }

    /// <summary>The number of the only one.</summary>
    public static int Only(string text)
    {
        var runes = text.EnumerateRunes();
        return runes.MoveNext() && runes.Current is var only && !runes.MoveNext()
            ? only.Value
            : throw new PermanentEtlException($"codepoint takes a single character, and '{text}' is none. Take one by substr(…, 1, 1).");
    }

    /// <summary>The text of bytes in hexadecimal digits.</summary>
    public static string FromUtf8(string hexadecimal, string replacement)
    {
        if (Count(replacement) > 1)
        {
            throw new PermanentEtlException("Replacement character string must empty or a single character");
        }

        return Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(replacement))
            .GetString(Convert.FromHexString(hexadecimal));
    }

    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>Where in the text the character stands that is at <paramref name="index"/>, from zero.</summary>
    public static int OffsetOf(string text, int index)
    {
        var offset = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (index-- == 0)
            {
                return offset;
            }

            offset += rune.Utf16SequenceLength;
        }

        return index == 0 ? offset : -1;
    }

    private static string Map(string text, Func<Rune, Rune> map)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            mapped.Append(map(rune).ToString());
        }

        return mapped.ToString();
    }

    private static (string Kept, string Filling) Pad(string text, long size, string padding)
    {
        if (size is < 0 or > int.MaxValue)
        {
            throw new PermanentEtlException("Target length must be in the range [0..2147483647]");
        }

        if (padding.Length == 0)
        {
            throw new PermanentEtlException("Padding string must not be empty");
        }

        var missing = size - Count(text);
        if (missing <= 0)
        {
            return (text[..OffsetOf(text, (int)size)], "");
        }

        var each = Count(padding);
        var filling = new StringBuilder().Insert(0, padding, (int)(missing / each));
        filling.Append(padding, 0, OffsetOf(padding, (int)(missing % each)));
        return (text, filling.ToString());
    }
}
