using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Calculations with numbers: whole ones stay whole, decimals have the digits that Trino gives them.</summary>
internal static class Arithmetic
{
    public static Value Of(string sign, Value left, Value right, Position at)
    {
        if (MomentArithmetic.Of(sign, left, right, at) is { } moment)
        {
            return moment;
        }

        if (left.Type == SqlType.Unknown && right.Type == SqlType.Unknown)
        {
            return new Value(SqlType.Integer, Spelling.Cast("NULL", SqlType.Integer));
        }

        var isNumber = (TypeRules.IsNumeric(left.Type) || left.Type == SqlType.Unknown) && (TypeRules.IsNumeric(right.Type) || right.Type == SqlType.Unknown);
        if (!isNumber)
        {
            throw Refusal(sign, left, right, at);
        }

        var common = TypeRules.Common(left.Type, right.Type)!;
        if (common is DecimalType)
        {
            return Decimal(sign, As(left, common), As(right, common), at);
        }

        var (first, second) = (Casts.Coerce(left, common, at), Casts.Coerce(right, common, at));
        var dividend = first.IsLiteral && second.IsLiteral ? Spelling.Cast(first.Sql, common) : first.Sql;
        return new Value(common, (sign, TypeRules.IsInteger(common)) switch
        {
            ("/" or "%", true) => ArithmeticSql.Whole(sign, dividend, second.Sql, second.IsSimple, IsZero(right)),
            ("%", false) => ArithmeticSql.FloatingModulus(dividend, second.Sql, second.IsSimple, common),
            _ => $"({dividend} {sign} {second.Sql})",
        });
    }

    public static Value Negate(Value value, Negation negation)
    {
        if (value.IsLiteral && negation.Of is DecimalLiteral literal)
        {
            return Literals.Decimal("-" + literal.Digits, literal.At);
        }

        return TypeRules.IsNumeric(value.Type) || TypeRules.IsInterval(value.Type) || value.Type == SqlType.Unknown
            ? new Value(value.Type, $"(-{value.Sql})") { IsLiteral = value.IsLiteral }
            : throw negation.At.Fault($"Cannot negate {value.Type}{TextColumns.Advice([value])}");
    }

    private static bool? IsZero(Value value) => value.IsLiteral && long.TryParse(value.Sql.Trim('(', ')'), out var number) ? number == 0 : null;

    // A number that is no decimal has the digits of its type.
    private static Value As(Value value, SqlType common) => value.Type == SqlType.Unknown ? Casts.Coerce(value, common, default)
        : value.Type is DecimalType ? value
        : Casts.Coerce(value, TypeRules.AsDecimal(value.Type), default);

    private static Value Decimal(string sign, Value left, Value right, Position at)
    {
        var (first, second) = ((DecimalType)left.Type, (DecimalType)right.Type);
        var scale = Math.Max(first.Scale, second.Scale);
        var (p1, s1, p2, s2) = (first.Precision, first.Scale, second.Precision, second.Scale);
        var type = sign switch
        {
            "*" => new DecimalType(Math.Min(38, p1 + p2), s1 + s2),
            "/" => new DecimalType(Math.Min(38, p1 + s2 + Math.Max(0, s2 - s1)), scale),
            "%" => new DecimalType(Math.Min(38, Math.Min(p2 - s2, p1 - s1) + scale), scale),
            _ => new DecimalType(Math.Min(38, Math.Max(p1 - s1, p2 - s2) + scale + 1), scale),
        };
        if (type.Scale > 38)
        {
            throw at.Fault($"DECIMAL scale must be in range [0, precision (38)]: {type.Scale}");
        }

        return new Value(type, ArithmeticSql.Decimal(sign, left.Sql, right.Sql, type));
    }

    public static Errors.PermanentEtlException Refusal(string sign, Value left, Value right, Position at)
    {
        var wanted = TypeRules.IsText(left.Type) ? right.Type : left.Type;
        return at.Fault(
            $"Cannot apply operator: {Bare(left.Type)} {sign} {Bare(right.Type)}{TextColumns.Advice([left, right], TypeRules.IsText(wanted) ? null : wanted)}");
    }

    // The length of a text in question says nothing.
    private static SqlType Bare(SqlType type) => type is VarcharType ? SqlType.Varchar : type;
}
