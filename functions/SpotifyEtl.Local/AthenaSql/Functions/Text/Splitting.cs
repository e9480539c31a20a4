using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Text in parts.</summary>
internal static class Splitting
{
    public static List<string> Split(string text, string delimiter, long limit)
    {
        if (limit <= 0)
        {
            throw new PermanentEtlException("Limit must be positive");
        }

        if (delimiter.Length == 0)
        {
            throw new PermanentEtlException("The delimiter may not be the empty string");
        }

        return [.. text.Split(delimiter, (int)Math.Min(limit, int.MaxValue))];
    }

    /// <summary>Parts with a delimiter between; nulls as a text, or left out where that is the character of number 0.</summary>
    public static string Join(List<string?> parts, string delimiter, string nullText) =>
        string.Join(delimiter, nullText == "\0" ? parts.Where(part => part is not null) : parts.Select(part => part ?? nullText));

    public static string? Part(string text, string delimiter, long index)
    {
        if (index <= 0)
        {
            throw new PermanentEtlException("Index must be greater than zero");
        }

        if (delimiter.Length == 0)
        {
            return text.EnumerateRunes().Skip((int)Math.Min(index - 1, int.MaxValue)).Select(rune => rune.ToString()).FirstOrDefault();
        }

        var start = 0;
        for (var part = 1L; ; part++)
        {
            var end = text.IndexOf(delimiter, start, StringComparison.Ordinal);
            if (part == index)
            {
                return end < 0 ? text[start..] : text[start..end];
            }

            if (end < 0)
            {
                return null;
            }

            start = end + delimiter.Length;
        }
    }

    /// <summary>Keys and values in turn.</summary>
    public static List<string> Entries(string text, string entryDelimiter, string keyValueDelimiter, bool repeated)
    {
        Check(entryDelimiter, keyValueDelimiter);
        List<string> entries = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        var all = text.Split(entryDelimiter);
        foreach (var entry in all[^1].Length == 0 ? all[..^1] : all)
        {
            var end = entry.IndexOf(keyValueDelimiter, StringComparison.Ordinal);
            if (end < 0)
            {
                throw new PermanentEtlException($"Key-value delimiter must appear exactly once in each entry. Bad input: '{entry}'");
            }

            var (key, value) = (entry[..end], entry[(end + keyValueDelimiter.Length)..]);
            if (value.Contains(keyValueDelimiter, StringComparison.Ordinal))
            {
                throw new PermanentEtlException($"Key-value delimiter must appear exactly once in each entry. Bad input: '{entry}'");
            }

            if (!keys.Add(key) && !repeated)
            {
                throw new PermanentEtlException($"Duplicate keys ({key}) are not allowed. Specifying a lambda to resolve conflicts can avoid this error");
            }

            entries.AddRange([key, value]);
        }

        return entries;
    }

    private static void Check(string entryDelimiter, string keyValueDelimiter)
    {
        if (entryDelimiter.Length == 0)
        {
            throw new PermanentEtlException("entryDelimiter is empty");
        }

        if (keyValueDelimiter.Length == 0)
        {
            throw new PermanentEtlException("keyValueDelimiter is empty");
        }

        if (string.Equals(entryDelimiter, keyValueDelimiter, StringComparison.Ordinal))
        {
            throw new PermanentEtlException("entryDelimiter and keyValueDelimiter must not be the same");
        }
    }
}
