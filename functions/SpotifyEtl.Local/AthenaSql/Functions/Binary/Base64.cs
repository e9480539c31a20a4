using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Bytes, as hexadecimal digits, from and to base 64.</summary>
internal static class Base64
{
    public static string Decode(string text) => Decode(text, text);

    public static string DecodeUrl(string text) => Decode(text, text.Replace('-', '+').Replace('_', '/'));

    public static string EncodeUrl(string hexadecimal) => Convert.ToBase64String(Convert.FromHexString(hexadecimal)).Replace('+', '-').Replace('/', '_');

    private static string Decode(string text, string standard)
    {
        var padded = standard.TrimEnd('=') is var digits ? digits.PadRight((digits.Length + 3) / 4 * 4, '=') : "";
        var bytes = new byte[padded.Length];
        return !padded.Any(char.IsWhiteSpace) && Convert.TryFromBase64String(padded, bytes, out var count)
            ? Convert.ToHexString(bytes, 0, count)
            : throw new PermanentEtlException($"Illegal base64 text: {text}");
    }
}
