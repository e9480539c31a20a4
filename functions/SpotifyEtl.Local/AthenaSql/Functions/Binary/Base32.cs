using System.Text;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Bytes, as hexadecimal digits, from and to base 32.</summary>
internal static class Base32
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Encode(string hexadecimal)
    {
        var text = new StringBuilder();
        var (bits, value) = (0, 0);
        foreach (var next in Convert.FromHexString(hexadecimal))
        {
            (value, bits) = ((value << 8 | next) & 0xFFFF, bits + 8);
            for (; bits >= 5; bits -= 5)
            {
                text.Append(Digits[value >> (bits - 5) & 31]);
            }
        }

        if (bits > 0)
        {
            text.Append(Digits[value << (5 - bits) & 31]);
        }

        return text.Append('=', (8 - text.Length % 8) % 8).ToString();
    }

    public static string Decode(string text)
    {
        List<byte> bytes = [];
        var (bits, value) = (0, 0);
        foreach (var digit in text.TrimEnd('='))
        {
            var number = Digits.IndexOf(digit, StringComparison.Ordinal);
            if (number < 0)
            {
                throw new PermanentEtlException($"Illegal base32 text: {text}");
            }

            (value, bits) = ((value << 5 | number) & 0xFFFF, bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(value >> bits));
            }
        }

        return Convert.ToHexString([.. bytes]);
    }
}
