using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Which types stand for which without being asked: Trino's implicit coercions, and the type that several have in common.</summary>
internal static class TypeRules
{
    private static readonly SqlType[] s_integers = [SqlType.TinyInt, SqlType.SmallInt, SqlType.Integer, SqlType.BigInt];
    private static readonly int[] s_digits = [3, 5, 10, 19];

    public static bool IsInteger(SqlType type) => Array.IndexOf(s_integers, type) >= 0;

    public static bool IsFloating(SqlType type) => type == SqlType.Double || type == SqlType.Real;

    public static bool IsNumeric(SqlType type) => IsInteger(type) || IsFloating(type) || type is DecimalType;

    public static bool IsText(SqlType type) => type is VarcharType or CharType;

    public static bool IsInterval(SqlType type) => type == SqlType.YearToMonth || type == SqlType.DayToSecond;

    /// <summary>A number that is exact, as a decimal.</summary>
    public static DecimalType AsDecimal(SqlType type) => type as DecimalType ?? new DecimalType(s_digits[Array.IndexOf(s_integers, type)], 0);

    public static bool CanCoerce(SqlType from, SqlType to) => from == to || Common(from, to) == to;

    /// <summary>The type that both can be; null: there is none.</summary>
    public static SqlType? Common(SqlType left, SqlType right)
    {
        if (left == right || right == SqlType.Unknown)
        {
            return left;
        }

        if (left == SqlType.Unknown)
        {
            return right;
        }

        return OneWay(left, right) ?? OneWay(right, left);
    }

    public static SqlType? Common(IEnumerable<SqlType> types) =>
        types.Aggregate((SqlType?)SqlType.Unknown, (common, type) => common is null ? null : Common(common, type));

    private static SqlType? OneWay(SqlType left, SqlType right) => (left, right) switch
    {
        _ when IsNumeric(left) && IsNumeric(right) => Number(left, right),
        (VarcharType first, VarcharType second) => new VarcharType(first.Length is { } a && second.Length is { } b ? Math.Max(a, b) : null),
        (CharType first, CharType second) => new CharType(Math.Max(first.Length, second.Length)),
        (CharType first, VarcharType { Length: { } length }) => new CharType(Math.Max(first.Length, length)),
        (CharType, VarcharType) => right,
        (SimpleType { Name: "date" }, TimestampType) => right,
        (TimestampType first, TimestampType second) => new TimestampType(Math.Max(first.Precision, second.Precision), first.HasZone || second.HasZone),
        (TimeType first, TimeType second) => new TimeType(Math.Max(first.Precision, second.Precision)),
        (ArrayType first, ArrayType second) => Common(first.Element, second.Element) is { } element ? new ArrayType(element) : null,
        (MapType first, MapType second) => Common(first.Key, second.Key) is { } key && Common(first.Value, second.Value) is { } value
            ? new MapType(key, value)
            : null,
        (RowType first, RowType second) => Row(first, second),
        _ => null,
    };

    private static SqlType? Number(SqlType left, SqlType right)
    {
        if (IsInteger(left) && IsInteger(right))
        {
            return s_integers[Math.Max(Array.IndexOf(s_integers, left), Array.IndexOf(s_integers, right))];
        }

        if (left == SqlType.Double || right == SqlType.Double)
        {
            return SqlType.Double;
        }

        if (left == SqlType.Real || right == SqlType.Real)
        {
            return SqlType.Real;
        }

        var (first, second) = (AsDecimal(left), AsDecimal(right));
        var scale = Math.Max(first.Scale, second.Scale);
        var whole = Math.Max(first.Precision - first.Scale, second.Precision - second.Scale);
        return new DecimalType(Math.Min(38, whole + scale), scale);
    }

    private static RowType? Row(RowType first, RowType second)
    {
        if (first.Fields.Count != second.Fields.Count)
        {
            return null;
        }

        List<RowField> fields = [];
        foreach (var (left, right) in first.Fields.Zip(second.Fields))
        {
            if (Common(left.Type, right.Type) is not { } type)
            {
                return null;
            }

            fields.Add(new RowField(string.Equals(left.Name, right.Name, StringComparison.OrdinalIgnoreCase) ? left.Name : null, type));
        }

        return new RowType(fields);
    }
}
