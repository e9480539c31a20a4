using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>format() by the rules of Java's Formatter.</summary>
internal static partial class JavaFormat
{
    /// <param name="format">The format.</param>
    /// <param name="kinds">Of each value a letter for its type.</param>
    /// <param name="values">The values as text.</param>
    public static string Format(string format, string kinds, List<string?> values)
    {
        var text = new StringBuilder();
        var (index, next, last) = (0, 0, -1);
        foreach (Match match in Specifier().Matches(format))
        {
            text.Append(Literal(format, index, match.Index));
            index = match.Index + match.Length;
            FormatSpecifier specifier = new(match);
            if (specifier.Conversion is '%' or 'n')
            {
                text.Append(specifier.Conversion == 'n' ? "\n" : specifier.Pad("%"));
                continue;
            }

            last = specifier.Argument ?? (specifier.Has('<') ? last : next++);
            text.Append(last >= 0 && last < values.Count
                ? specifier.Upper(Text(specifier, kinds[last], values[last]))
                : throw Invalid(format, $"MissingFormatArgument: Format specifier '{match.Value}'"));
        }

        return text.Append(Literal(format, index, format.Length)).ToString();
    }

    private static string Literal(string format, int start, int end)
    {
        var literal = format[start..end];
        return literal.Contains('%', StringComparison.Ordinal)
            ? throw Invalid(format, $"UnknownFormatConversion: Conversion = '{literal[literal.IndexOf('%', StringComparison.Ordinal)..]}'")
            : literal;
    }

    private static string Text(FormatSpecifier specifier, char kind, string? value) => char.ToLowerInvariant(specifier.Conversion) switch
    {
        'b' => specifier.Pad(specifier.Cut(value is null ? "false" : kind == 'b' ? value : "true")),
        's' => specifier.Pad(specifier.Cut(value is null ? "null" : Natural(kind, value))),
        _ when value is null => specifier.Pad(specifier.Cut("null")),
        'd' when kind == 'i' => specifier.Number(BigInteger.Parse(value, CultureInfo.InvariantCulture)),
        'x' or 'o' when kind == 'i' => specifier.Unsigned(long.Parse(value, CultureInfo.InvariantCulture)),
        'f' when kind is 'd' or 'r' or 'n' => specifier.Fixed(value),
        'e' or 'g' when kind is 'd' or 'r' or 'n' => specifier.Scientific(value),
        't' when kind is 'D' or 'T' or 'Z' or 't' => specifier.Pad(MomentText.Of(specifier.DateConversion, value, kind)),
        'c' when kind == 'i' => specifier.Pad(char.ConvertFromUtf32(int.Parse(value, CultureInfo.InvariantCulture))),
        'd' or 'x' or 'o' or 'f' or 'e' or 'g' or 't' or 'c' or 'h' or 'a' => throw new PermanentEtlException(
            $"Invalid format string: {specifier.Text} (IllegalFormatConversion: {specifier.Conversion} != {JavaName(kind)})"),
        _ => throw new PermanentEtlException($"Invalid format string: {specifier.Text} (UnknownFormatConversion: Conversion = '{specifier.Conversion}')"),
    };

    private static string Natural(char kind, string value) => kind switch
    {
        'd' => JavaFloatingPoint.Text(double.Parse(value, CultureInfo.InvariantCulture)),
        'r' => JavaFloatingPoint.Text(float.Parse(value, CultureInfo.InvariantCulture)),
        'D' or 'T' or 'Z' or 't' => MomentText.Natural(value, kind),
        _ => value,
    };

    private static string JavaName(char kind) => kind switch
    {
        'b' => "java.lang.Boolean",
        'i' => "java.lang.Long",
        'd' => "java.lang.Double",
        'r' => "java.lang.Float",
        'n' => "java.math.BigDecimal",
        'D' => "java.time.LocalDate",
        'T' => "java.time.LocalDateTime",
        'Z' => "java.time.ZonedDateTime",
        't' => "java.time.LocalTime",
        _ => "java.lang.String",
    };

    private static PermanentEtlException Invalid(string format, string why) => new($"Invalid format string: {format} ({why})");

    [GeneratedRegex(
        @"%((?<argument>\d+)\$)?(?<flags>[-#+ 0,(<]*)(?<width>[1-9]\d*)?(\.(?<precision>\d+))?(?<date>[tT])?(?<conversion>[a-zA-Z%])",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Specifier();
}
