using System.Globalization;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>The values of literals.</summary>
internal static class Literals
{
    public static Value Integer(IntegerLiteral literal) =>
        long.TryParse(literal.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Literal(number <= int.MaxValue ? SqlType.Integer : SqlType.BigInt, number.ToString(CultureInfo.InvariantCulture))
            : throw literal.At.Fault($"Invalid numeric literal: {literal.Digits}");

    /// <summary>Zeros before count for nothing, those behind the point do.</summary>
    public static Value Decimal(string digits, Position at)
    {
        var sign = digits.StartsWith('-') ? "-" : "";
        var parts = digits.TrimStart('-', '+').Split('.');
        var (whole, fraction) = (parts[0].TrimStart('0'), parts.Length > 1 ? parts[1] : "");
        DecimalType type = new(Math.Max(1, whole.Length + fraction.Length), fraction.Length);
        return type.Precision <= 38
            ? Literal(type, Spelling.Cast(Spelling.Text($"{sign}{(whole.Length == 0 ? "0" : whole)}{(fraction.Length == 0 ? "" : "." + fraction)}"), type))
            : throw at.Fault($"Invalid decimal literal: {digits} has more than 38 digits");
    }

    public static Value Double(DoubleLiteral literal) =>
        double.TryParse(literal.Digits, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? Literal(SqlType.Double, Spelling.Cast(Spelling.Text(literal.Digits), SqlType.Double))
            : throw literal.At.Fault($"Invalid numeric literal: {literal.Digits}");

    public static Value Text(string text) =>
        new(new VarcharType(text.EnumerateRunes().Count()), Spelling.Text(text)) { Constant = text, IsLiteral = true };

    public static Value Binary(BinaryLiteral literal) => Literal(SqlType.Varbinary, $"from_hex({Spelling.Text(literal.Hex)})");

    public static Value Typed(TypedLiteral literal)
    {
        switch (literal.Type.Name)
        {
            case "date":
                return Moments.Date(literal.Value) is { } date
                    ? Literal(SqlType.Date, $"DATE '{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'")
                    : throw literal.At.Fault($"'{literal.Value}' is not a valid DATE literal");
            case "timestamp":
                return Timestamp(literal);
            case "time":
                var (time, precision) = Moments.Time(literal.Value) ?? throw literal.At.Fault($"'{literal.Value}' is not a valid TIME literal");
                return Literal(new TimeType(Fine(precision, literal)), $"TIME '{time.ToString(@"hh\:mm\:ss\.ffffff", CultureInfo.InvariantCulture)}'");
            case "decimal":
                return IsDecimal(literal.Value)
                    ? Decimal(literal.Value.Trim(), literal.At)
                    : throw literal.At.Fault($"Invalid decimal literal: {literal.Value}");
            case "char":
                return Text(literal.Value) with { Type = new CharType(Math.Max(1, literal.Value.EnumerateRunes().Count())), Constant = null };
            case "varchar":
                return Text(literal.Value);
        }

        var type = TypeNames.Resolve(literal.Type);
        return Casts.To(Text(literal.Value), type, literal.At);

        static bool IsDecimal(string text) => text.Trim() is { Length: > 0 } trimmed
            && trimmed.TrimStart('-', '+').All(character => char.IsAsciiDigit(character) || character is '.')
            && trimmed.Count(character => character is '.') < 2
            && trimmed.Any(char.IsAsciiDigit);
    }

    /// <summary>An instant as a zone shows it.</summary>
    public static string Zoned(DateTime instant, string zone) => Spelling.Zoned($"TIMESTAMP '{Digits(instant)}'", Spelling.Text(zone));

    public static string Digits(DateTime moment) => moment.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static Value Literal(SqlType type, string sql) => new(type, sql) { IsLiteral = true };

    private static Value Timestamp(TypedLiteral literal)
    {
        var moment = Moments.Timestamp(literal.Value) ?? throw literal.At.Fault($"'{literal.Value}' is not a valid TIMESTAMP literal");
        var precision = Fine(moment.Precision, literal);
        if (moment.Zone is null)
        {
            return Literal(new TimestampType(precision, HasZone: false), $"TIMESTAMP '{Digits(moment.Local)}'");
        }

        try
        {
            var zone = Zones.Normal(moment.Zone);
            return Literal(new TimestampType(precision, HasZone: true), Zoned(Zones.ToInstant(moment.Local, zone), zone));
        }
        catch (PermanentEtlException exception)
        {
            throw literal.At.Fault(exception.Message);
        }
    }

    private static int Fine(int precision, TypedLiteral literal) => precision <= 6
        ? precision
        : throw literal.At.Fault($"'{literal.Value}' is not offered here: at most 6 digits of a second.");
}
