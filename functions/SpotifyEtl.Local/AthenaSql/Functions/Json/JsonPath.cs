using System.Collections.Concurrent;
using System.Text;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>A path as json_extract takes it: <c>$.store.book[0]["title"]</c>.</summary>
internal static class JsonPath
{
    private const int Kept = 100;

    private static readonly ConcurrentDictionary<string, string[]> Parsed = new(StringComparer.Ordinal);

    /// <exception cref="PermanentEtlException">It is none.</exception>
    public static IReadOnlyList<string> Of(string path)
    {
        if (Parsed.TryGetValue(path, out var known))
        {
            return known;
        }

        if (Parsed.Count >= Kept)
        {
            Parsed.Clear();
        }

        return Parsed[path] = [.. Steps(path)];
    }

    private static IEnumerable<string> Steps(string path)
    {
        if (!path.StartsWith('$'))
        {
            throw Invalid(path);
        }

        for (var index = 1; index < path.Length;)
        {
            string step;
            switch (path[index])
            {
                case '.':
                    (step, index) = Unquoted(path, index + 1, character => character is ':' or '-' or '_' || char.IsLetterOrDigit(character));
                    break;
                case '[':
                    (step, index) = index + 1 < path.Length && path[index + 1] == '"'
                        ? Quoted(path, index + 2)
                        : Unquoted(path, index + 1, character => character is '-' or '_' || char.IsLetterOrDigit(character));
                    index = index < path.Length && path[index] == ']' ? index + 1 : throw Invalid(path);
                    break;
                default:
                    throw Invalid(path);
            }

            yield return step;
        }
    }

    private static (string Step, int End) Unquoted(string path, int start, Func<char, bool> isPart)
    {
        var end = start;
        while (end < path.Length && isPart(path[end]))
        {
            end++;
        }

        return end > start ? (path[start..end], end) : throw Invalid(path);
    }

    private static (string Step, int End) Quoted(string path, int index)
    {
        var step = new StringBuilder();
        for (; index < path.Length && path[index] != '"'; index++)
        {
            if (path[index] == '\\')
            {
                index = index + 1 < path.Length && path[index + 1] is '"' or '\\' ? index + 1 : throw Invalid(path);
            }

            step.Append(path[index]);
        }

        return index < path.Length ? (step.ToString(), index + 1) : throw Invalid(path);
    }

    private static PermanentEtlException Invalid(string path) => new($"Invalid JSON path: '{path}'");
}
