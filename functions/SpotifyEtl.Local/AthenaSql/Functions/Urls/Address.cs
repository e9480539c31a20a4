using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>An address and its parts, as Java reads them: what has a character that no address has, is none.</summary>
internal static partial class Address
{
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var next in Encoding.UTF8.GetBytes(text))
        {
            var character = (char)next;
            if (char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '*' or '_')
            {
                encoded.Append(character);
            }
            else if (character == ' ')
            {
                encoded.Append('+');
            }
            else
            {
                encoded.Append('%').Append(next.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    public static string Decode(string text)
    {
        List<byte> bytes = [];
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '%')
            {
                bytes.Add(index + 2 < text.Length
                    && byte.TryParse(text.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var decoded)
                        ? decoded
                        : throw new PermanentEtlException($"URLDecoder: Illegal hex characters in escape (%) pattern in {text}"));
                index += 2;
                continue;
            }

            var length = char.IsSurrogatePair(text, Math.Min(index, text.Length - 2 < 0 ? 0 : text.Length - 2)) && index < text.Length - 1 ? 2 : 1;
            bytes.AddRange(Encoding.UTF8.GetBytes(text[index] == '+' ? " " : text.Substring(index, length)));
            index += length - 1;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    public static string? Part(string address, string part) => Parsed(address) switch
    {
        null => null,
        var parsed when part == "path" => Unescaped(parsed.Groups["path"].Value),
        var parsed when part == "protocol" => parsed.Groups["protocol"].Value,
        var parsed when part == "host" => HostOf(parsed) is { Host: var host } ? host : "",
        var parsed => Unescaped(parsed.Groups[part].Value),
    };

    public static long? Port(string address) =>
        Parsed(address) is { } parsed && HostOf(parsed) is { Port: { Length: > 0 } port } ? long.Parse(port, CultureInfo.InvariantCulture) : null;

    public static string? Parameter(string address, string name)
    {
        if (Parsed(address) is not { } parsed || !parsed.Groups["query"].Success)
        {
            return null;
        }

        foreach (var parameter in parsed.Groups["query"].Value.Split('&'))
        {
            var end = parameter.IndexOf('=', StringComparison.Ordinal);
            if (string.Equals(end < 0 ? parameter : parameter[..end], name, StringComparison.Ordinal))
            {
                return end < 0 ? "" : Decode(parameter[(end + 1)..]);
            }
        }

        return null;
    }

    private static Match? Parsed(string address) =>
        Whole().Match(address) is { Success: true } match && (match.Groups["protocol"].Success || !address.Contains(':', StringComparison.Ordinal)
            || !match.Groups["path"].Value.Split('/')[0].Contains(':', StringComparison.Ordinal))
            ? match
            : null;

    private static (string Host, string Port)? HostOf(Match parsed) =>
        Server().Match(parsed.Groups["authority"].Value) is { Success: true } match ? (match.Groups["host"].Value, match.Groups["port"].Value) : null;

    private static string Unescaped(string part) => Decode(part.Replace("+", "%2B", StringComparison.Ordinal));

    // A percent sign begins an escape, and blanks, quotes, angles, braces, bars, backslashes and carets stand in no address.
    [GeneratedRegex(
        """
        ^((?<protocol>[A-Za-z][A-Za-z0-9+.\-]*):)?
        (//(?<authority>([^/?\#\s"<>{}|\\^`%]|%[0-9A-Fa-f]{2})*))?
        (?<path>([^?\#\s"<>{}|\\^`%\[\]]|%[0-9A-Fa-f]{2})*)
        (\?(?<query>([^\#\s"<>{}|\\^`%]|%[0-9A-Fa-f]{2})*))?
        (\#(?<fragment>([^\#\s"<>{}|\\^`%]|%[0-9A-Fa-f]{2})*))?\z
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"^([^@]*@)?(?<host>\[[0-9A-Fa-f:.]+\]|([A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?\.?)(:(?<port>[0-9]*))?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Server();
}
