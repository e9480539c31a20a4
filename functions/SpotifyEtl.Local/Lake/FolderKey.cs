using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Lake;

/// <summary>The keys that a folder can hold: relative paths of named segments, none of which leads out of it.</summary>
internal static class FolderKey
{
    /// <summary>How long a name may be as UTF-8 in the file systems in use, whatever the length of the path.</summary>
    public const int LongestNameBytes = 255;

    private static readonly char[] s_invalidInName = Path.GetInvalidFileNameChars();

    public static bool IsValid(ReadOnlySpan<char> key)
    {
        for (var end = key.IndexOf('/'); end >= 0; end = key.IndexOf('/'))
        {
            if (!IsValidSegment(key[..end]))
            {
                return false;
            }

            key = key[(end + 1)..];
        }

        return IsValidSegment(key);
    }

    /// <summary>True for a key with a segment that begins with a dot: no object of the lake, whatever it is.</summary>
    public static bool IsHidden(ReadOnlySpan<char> key) => key.StartsWith('.') || key.Contains("/.", StringComparison.Ordinal);

    /// <exception cref="PermanentEtlException">The key is none.</exception>
    public static void Check(string key)
    {
        if (!IsValid(key))
        {
            throw NotAKey(key);
        }
    }

    /// <summary>A prefix may end anywhere in a key, and may be empty.</summary>
    /// <exception cref="PermanentEtlException">No key begins so.</exception>
    public static void CheckPrefix(string prefix)
    {
        var segments = prefix.Split('/');
        if (!segments[..^1].All(segment => IsValidSegment(segment)) || (segments[^1] is not ("" or "." or "..") && !IsValidSegment(segments[^1])))
        {
            throw NotAKey(prefix);
        }
    }

    // A catalog has ten thousands of names to check.
    private static bool IsValidSegment(ReadOnlySpan<char> segment)
    {
        foreach (var character in segment)
        {
            if (character == '\\' || char.IsControl(character))
            {
                return false;
            }
        }

        return segment is not ("" or "." or "..") && segment.IndexOfAny(s_invalidInName) < 0;
    }

    private static PermanentEtlException NotAKey(string key) =>
        new($"'{key}' is not a key of the lake: keys are names with / between them, without '.', '..', backslashes, control characters or empty names.");
}
