namespace SpotifyEtl.Local.Interactive;

/// <summary>Offers names that begin as the word before the cursor does.</summary>
/// <param name="names">All that may be offered.</param>
internal sealed class Completion(IReadOnlyList<string> names)
{
    /// <summary>What there is for the end of a text.</summary>
    public Offer Of(string text)
    {
        var from = text.Length;
        while (from > 0 && (char.IsLetterOrDigit(text[from - 1]) || text[from - 1] is '_' or '\\'))
        {
            from--;
        }

        var word = text[from..];
        if (word.Length == 0)
        {
            return new Offer(from, "", []);
        }

        List<string> fitting = [.. names.Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal)];
        return new Offer(from, fitting.Count == 0 ? "" : fitting.Aggregate(Common), fitting);
    }

    private static string Common(string one, string other)
    {
        var length = 0;
        while (length < Math.Min(one.Length, other.Length) && char.ToUpperInvariant(one[length]) == char.ToUpperInvariant(other[length]))
        {
            length++;
        }

        return one[..length];
    }
}

/// <summary>What may stand in a word's place.</summary>
/// <param name="From">Where the word begins.</param>
/// <param name="Common">How all the names begin.</param>
/// <param name="Names">The names.</param>
internal sealed record Offer(int From, string Common, IReadOnlyList<string> Names);
