using Quickenshtein;

namespace SpotifyEtl.Local.Terminal;

/// <summary>What somebody meant who mistyped a name.</summary>
internal static class Suggestion
{
    /// <summary>A question such as <c> Did you mean 'runs'?</c>, with a blank before it; empty when nothing is near.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">What there is.</param>
    public static string For(string typed, IEnumerable<string> names) => Nearest(typed, names) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>The name that was most likely meant: one that is off by a letter in three at most, or that the typed text begins; null: none.</summary>
    public static string? Nearest(string typed, IEnumerable<string> names)
    {
        var word = typed.ToLowerInvariant();
        return names
            .Select(name => (Name: name, Distance: Distance(word, name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= Math.Max(1, (Math.Min(word.Length, candidate.Name.Length) + 1) / 3))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name.Length)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    private static int Distance(string word, string name) =>
        word.Length > 2 && name.StartsWith(word, StringComparison.Ordinal) ? 1 : Levenshtein.GetDistance(word, name);
}
