using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>What the functions of regular expressions compute.</summary>
internal static class RegularExpressions
{
    private const int Kept = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, Regex> Parsed = new(StringComparer.Ordinal);

    public static bool IsMatch(string text, string pattern) => Of(pattern).IsMatch(text);

    public static string? Extract(string text, string pattern, long group)
    {
        var regex = Of(pattern);
        CheckGroup(regex, group);
        return regex.Match(text) is { Success: true } match ? TextOf(match.Groups[(int)group]) : null;
    }

    public static List<string?> ExtractAll(string text, string pattern, long group)
    {
        var regex = Of(pattern);
        CheckGroup(regex, group);
        return [.. regex.Matches(text).Select(match => TextOf(match.Groups[(int)group]))];
    }

    public static long Count(string text, string pattern) => Of(pattern).Count(text);

    public static long GroupsOf(string pattern) => Of(pattern).GetGroupNumbers().Length - 1;

    /// <summary>The text between matches.</summary>
    public static List<string> Split(string text, string pattern)
    {
        List<string> parts = [];
        var start = 0;
        foreach (Match match in Of(pattern).Matches(text))
        {
            parts.Add(text[start..match.Index]);
            start = match.Index + match.Length;
        }

        parts.Add(text[start..]);
        return parts;
    }

    /// <summary>For each match what is between it and the one before, and its groups; and what is behind the last.</summary>
    public static List<string?> Pieces(string text, string pattern)
    {
        List<string?> pieces = [];
        var start = 0;
        foreach (Match match in Of(pattern).Matches(text))
        {
            pieces.Add(text[start..match.Index]);
            pieces.AddRange(match.Groups.Values.Skip(1).Select(TextOf));
            start = match.Index + match.Length;
        }

        pieces.Add(text[start..]);
        return pieces;
    }

    /// <summary>The place of an occurrence, from one; -1 where there is none.</summary>
    public static int Position(string text, string pattern, long start, long occurrence)
    {
        if (start < 1)
        {
            throw new PermanentEtlException("start position cannot be smaller than 1");
        }

        if (occurrence < 1)
        {
            throw new PermanentEtlException("occurrence cannot be smaller than 1");
        }

        var offset = CodePoints.OffsetOf(text, (int)Math.Min(start - 1, int.MaxValue));
        if (offset < 0)
        {
            return -1;
        }

        var match = Of(pattern).Match(text, offset);
        for (var found = 1L; found < occurrence && match.Success; found++)
        {
            match = match.NextMatch();
        }

        return match.Success ? CodePoints.Count(text.AsSpan(0, match.Index)) + 1 : -1;
    }

    /// <summary>In the replacement <c>$1</c> and <c>${name}</c> are groups, and what is behind a backslash is itself.</summary>
    public static string Replace(string text, string pattern, string replacement)
    {
        var regex = Of(pattern);
        return replacement.AsSpan().ContainsAny('$', '\\')
            ? regex.Replace(text, match => Expand(regex, match, replacement))
            : regex.Replace(text, _ => replacement);
    }

    private static string Expand(Regex regex, Match match, string replacement)
    {
        var expanded = new StringBuilder();
        for (var index = 0; index < replacement.Length; index++)
        {
            switch (replacement[index])
            {
                case '\\':
                    expanded.Append(++index < replacement.Length
                        ? replacement[index]
                        : throw Illegal(replacement, "a character is missing behind a backslash"));
                    break;
                case '$':
                    var (group, end) = GroupAt(regex, replacement, index + 1);
                    expanded.Append(match.Groups[group].Value);
                    index = end - 1;
                    break;
                default:
                    expanded.Append(replacement[index]);
                    break;
            }
        }

        return expanded.ToString();
    }

    // As many digits belong to a number as make one of a group.
    private static (int Group, int End) GroupAt(Regex regex, string replacement, int start)
    {
        if (start < replacement.Length && replacement[start] == '{' && replacement.IndexOf('}', start) is var close and > 0)
        {
            var name = replacement[(start + 1)..close];
            return regex.GroupNumberFromName(name) is var named and >= 0 && !char.IsAsciiDigit(name.FirstOrDefault('0'))
                ? (named, close + 1)
                : throw Illegal(replacement, $"there is no group {{{name}}}");
        }

        if (start >= replacement.Length || !char.IsAsciiDigit(replacement[start]))
        {
            throw Illegal(replacement, "behind a $ is a group's number or {name}; write \\$ for a dollar");
        }

        var (group, end) = (replacement[start] - '0', start + 1);
        var groups = regex.GetGroupNumbers().Length - 1;
        while (end < replacement.Length && char.IsAsciiDigit(replacement[end]) && group * 10 + replacement[end] - '0' <= groups)
        {
            group = group * 10 + replacement[end++] - '0';
        }

        return group <= groups ? (group, end) : throw Illegal(replacement, $"there is no group {group.ToString(CultureInfo.InvariantCulture)}");
    }

    private static PermanentEtlException Illegal(string replacement, string why) => new($"Illegal replacement sequence: {replacement}: {why}.");

    private static string? TextOf(Group group) => group.Success ? group.Value : null;

    private static void CheckGroup(Regex regex, long group)
    {
        if (group < 0)
        {
            throw new PermanentEtlException("Group cannot be negative");
        }

        var groups = regex.GetGroupNumbers().Length - 1;
        if (group > groups)
        {
            throw new PermanentEtlException(string.Create(CultureInfo.InvariantCulture, $"Pattern has {groups} groups. Cannot access group {group}"));
        }
    }

    private static Regex Of(string pattern)
    {
        if (Parsed.TryGetValue(pattern, out var known))
        {
            return known;
        }

        if (Parsed.Count >= Kept)
        {
            Parsed.Clear();
        }

        try
        {
            return Parsed[pattern] = new Regex(JavaPattern.ToDotNet(pattern), RegexOptions.CultureInvariant, Longest);
        }
        catch (ArgumentException exception)
        {
            throw new PermanentEtlException($"The regular expression {pattern} is none: {exception.Message}", exception);
        }
    }
}
