using System.Globalization;
using System.Text;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Numbers of a base from 2 to 36.</summary>
internal static class Bases
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static string Text(long number, long radix)
    {
        Check(radix);
        var (left, text) = (Math.Abs((decimal)number), new StringBuilder());
        do
        {
            text.Insert(0, Digits[(int)(left % radix)]);
            left = Math.Floor(left / radix);
        }
        while (left > 0);

        return number < 0 ? $"-{text}" : text.ToString();
    }

    public static long Parse(string text, long radix)
    {
        Check(radix);
        var digits = text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;
        decimal number = 0;
        foreach (var digit in digits)
        {
            var value = Digits.IndexOf(char.ToLowerInvariant(digit), StringComparison.Ordinal);
            if (value < 0 || value >= radix || number > long.MaxValue)
            {
                throw NoNumber(text, radix);
            }

            number = number * radix + value;
        }

        var signed = text.StartsWith('-') ? -number : number;
        return digits.Length > 0 && signed is >= long.MinValue and <= long.MaxValue ? (long)signed : throw NoNumber(text, radix);
    }

    private static PermanentEtlException NoNumber(string text, long radix) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Not a valid base-{radix} number: {text}"));

    private static void Check(long radix)
    {
        if (radix is < 2 or > 36)
        {
            throw new PermanentEtlException("Radix must be between 2 and 36");
        }
    }
}
