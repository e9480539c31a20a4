using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>How far two texts are apart, in code points.</summary>
internal static class TextDistance
{
    public static long Levenshtein(string left, string right)
    {
        var (rows, columns) = (left.EnumerateRunes().ToArray(), right.EnumerateRunes().ToArray());
        if ((long)rows.Length * columns.Length > 1_000_000)
        {
            throw new PermanentEtlException("The combined inputs for Levenshtein distance are too large");
        }

        var distances = Enumerable.Range(0, columns.Length + 1).ToArray();
        for (var row = 0; row < rows.Length; row++)
        {
            var diagonal = distances[0];
            distances[0] = row + 1;
            for (var column = 0; column < columns.Length; column++)
            {
                var changed = diagonal + (rows[row] == columns[column] ? 0 : 1);
                diagonal = distances[column + 1];
                distances[column + 1] = Math.Min(changed, Math.Min(distances[column], diagonal) + 1);
            }
        }

        return distances[^1];
    }

    public static long Hamming(string left, string right)
    {
        var (one, other) = (left.EnumerateRunes().ToArray(), right.EnumerateRunes().ToArray());
        return one.Length == other.Length
            ? one.Zip(other).Count(pair => pair.First != pair.Second)
            : throw new PermanentEtlException("The input strings to hamming_distance function must have the same length");
    }
}
