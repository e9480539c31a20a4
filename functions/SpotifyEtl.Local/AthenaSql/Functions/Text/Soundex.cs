using System.Text;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>How an English name sounds: its first letter, and three digits for the consonants behind.</summary>
internal static class Soundex
{
    // Of A to Z: vowels end a run of equal digits, H and W do not.
    private const string Codes = "01230120022455012623010202";

    public static string Of(string text)
    {
        var letters = text.Where(char.IsLetter).Select(char.ToUpperInvariant).ToArray();
        if (letters.Length == 0)
        {
            return "";
        }

        var code = new StringBuilder().Append(letters[0]);
        var last = CodeOf(letters[0]);
        foreach (var letter in letters.Skip(1))
        {
            if (letter is 'H' or 'W')
            {
                continue;
            }

            var next = CodeOf(letter);
            if (next != '0' && next != last && code.Length < 4)
            {
                code.Append(next);
            }

            last = next;
        }

        return code.ToString().PadRight(4, '0');
    }

    private static char CodeOf(char letter) => letter is >= 'A' and <= 'Z'
        ? Codes[letter - 'A']
        : throw new PermanentEtlException($"The character is not mapped: {letter} (index={(int)letter})");
}
