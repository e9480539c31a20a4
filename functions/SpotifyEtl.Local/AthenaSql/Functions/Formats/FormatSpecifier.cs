using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>A specifier of a format, <c>%-10.2f</c>, and what it makes of a value.</summary>
internal sealed class FormatSpecifier(Match match)
{
    private readonly string _flags = match.Groups["flags"].Value;
    private readonly int? _width = Number(match.Groups["width"]);
    private readonly int? _precision = Number(match.Groups["precision"]);

    public string Text => match.Value;

    public char Conversion { get; } = (match.Groups["date"].Success ? match.Groups["date"] : match.Groups["conversion"]).Value[0];

    public char DateConversion => match.Groups["conversion"].Value[0];

    /// <summary>Which value, from zero; null: the next.</summary>
    public int? Argument => Number(match.Groups["argument"]) - 1;

    public bool Has(char flag) => _flags.Contains(flag, StringComparison.Ordinal);

    public string Upper(string text) => char.IsUpper(Conversion) ? text.ToUpperInvariant() : text;

    public string Cut(string text) => _precision is { } most && most < text.Length ? text[..most] : text;

    public string Pad(string text)
    {
        if (Has('-') && _width is null)
        {
            throw new PermanentEtlException($"Invalid format string: {Text} (MissingFormatWidth: {Text})");
        }

        return Has('-') ? text.PadRight(_width ?? 0) : text.PadLeft(_width ?? 0);
    }

    public string Number(BigInteger number) => _precision is null
        ? Signed(Grouped(BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture)), number.Sign < 0)
        : throw new PermanentEtlException($"Invalid format string: {Text} (IllegalFormatPrecision: {_precision.Value.ToString(CultureInfo.InvariantCulture)})");

    public string Unsigned(long number)
    {
        var isOctal = char.ToLowerInvariant(Conversion) == 'o';
        var digits = isOctal ? Convert.ToString(number, 8) : number.ToString("x", CultureInfo.InvariantCulture);
        var prefix = Has('#') ? isOctal ? "0" : "0x" : "";
        return Pad(prefix + (Has('0') ? digits.PadLeft(Math.Max(0, (_width ?? 0) - prefix.Length), '0') : digits));
    }

    /// <summary>Halves are rounded up, of the digits that are printed.</summary>
    public string Fixed(string number)
    {
        if (NotFinite(number) is { } text)
        {
            return text;
        }

        var (digits, exponent, isNegative) = ExactNumber.Parse(number);
        return Signed(Grouped(ExactNumber.Fixed(digits, exponent, _precision ?? 6)), isNegative);
    }

    public string Scientific(string number)
    {
        if (NotFinite(number) is { } text)
        {
            return text;
        }

        var (digits, exponent, isNegative) = ExactNumber.Parse(number);
        var isGeneral = char.ToLowerInvariant(Conversion) == 'g';
        var precision = isGeneral ? Math.Max(1, _precision ?? 6) : _precision ?? 6;
        if (isGeneral && ExactNumber.IsPlain(digits, exponent, precision, out var decimals))
        {
            return Signed(Grouped(ExactNumber.Fixed(digits, exponent, decimals)), isNegative);
        }

        return Signed(ExactNumber.Scientific(digits, exponent, isGeneral ? precision - 1 : precision), isNegative);
    }

    private string? NotFinite(string number) => number.ToUpperInvariant() switch
    {
        "NAN" => Pad("NaN"),
        "INF" or "INFINITY" => Pad(Has('(') || !Has('+') ? "Infinity" : "+Infinity"),
        "-INF" or "-INFINITY" => Pad(Has('(') ? "(Infinity)" : "-Infinity"),
        _ => null,
    };

    private string Grouped(string digits)
    {
        if (!Has(','))
        {
            return digits;
        }

        var point = digits.IndexOf('.', StringComparison.Ordinal) is var found and >= 0 ? found : digits.Length;
        for (var index = point - 3; index > 0; index -= 3)
        {
            digits = digits.Insert(index, ",");
        }

        return digits;
    }

    private string Signed(string digits, bool isNegative)
    {
        var (before, behind) = isNegative ? Has('(') ? ("(", ")") : ("-", "") : (Has('+') ? "+" : Has(' ') ? " " : "", "");
        var filled = Has('0') ? digits.PadLeft((_width ?? 0) - before.Length - behind.Length is var room and > 0 ? room : 0, '0') : digits;
        return Pad(before + filled + behind);
    }

    private static int? Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : null;
}
