using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>The check digit of card numbers.</summary>
internal static class Luhn
{
    public static bool IsValid(string digits)
    {
        if (digits.Length == 0)
        {
            return false;
        }

        if (!digits.All(char.IsAsciiDigit))
        {
            throw new PermanentEtlException("Input should contain digits only");
        }

        var sum = digits.Reverse().Select((digit, index) => Weight(digit - '0', index % 2 == 1)).Sum();
        return sum % 10 == 0;
    }

    private static int Weight(int digit, bool isDoubled) => isDoubled ? digit * 2 / 10 + digit * 2 % 10 : digit;
}
