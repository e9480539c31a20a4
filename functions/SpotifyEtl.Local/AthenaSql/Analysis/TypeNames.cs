using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>The types that written ones are.</summary>
internal static class TypeNames
{
    private const int MostPrecise = 6;

    private static readonly Dictionary<string, SqlType> s_simple = new(StringComparer.Ordinal)
    {
        ["boolean"] = SqlType.Boolean,
        ["tinyint"] = SqlType.TinyInt,
        ["smallint"] = SqlType.SmallInt,
        ["integer"] = SqlType.Integer,
        ["int"] = SqlType.Integer,
        ["bigint"] = SqlType.BigInt,
        ["real"] = SqlType.Real,
        ["double"] = SqlType.Double,
        ["varbinary"] = SqlType.Varbinary,
        ["json"] = SqlType.Json,
        ["date"] = SqlType.Date,
        ["interval year to month"] = SqlType.YearToMonth,
        ["interval day to second"] = SqlType.DayToSecond,
        ["unknown"] = SqlType.Unknown,
    };

    public static SqlType Resolve(TypeName name, Func<string, SqlType?>? variables = null)
    {
        if (variables?.Invoke(name.Name) is { } variable)
        {
            return variable;
        }

        if (name.Arguments.Count == 0 && s_simple.TryGetValue(name.Name, out var simple))
        {
            return simple;
        }

        return (name.Name, name.Arguments) switch
        {
            ("varchar", []) => SqlType.Varchar,
            ("varchar", [{ Number: { } length }]) => new VarcharType(length),
            ("char", []) => new CharType(1),
            ("char", [{ Number: { } length }]) => new CharType(length),
            ("decimal" or "dec" or "numeric", []) => new DecimalType(38, 0),
            ("decimal" or "dec" or "numeric", [{ Number: { } precision }]) => Decimal(precision, 0, name),
            ("decimal" or "dec" or "numeric", [{ Number: { } precision }, { Number: { } scale }]) => Decimal(precision, scale, name),
            ("time", _) => new TimeType(Precision(name)),
            ("timestamp", _) => new TimestampType(Precision(name), HasZone: false),
            ("timestamp with time zone", _) => new TimestampType(Precision(name), HasZone: true),
            ("array", [{ Type: { } element }]) => new ArrayType(Resolve(element, variables)),
            ("map", [{ Type: { } key }, { Type: { } value }]) => new MapType(Resolve(key, variables), Resolve(value, variables)),
            ("row", { Count: > 0 } fields) => new RowType([.. fields.Select(field => new RowField(field.FieldName, Resolve(Of(field), variables)))]),
            ("function", { Count: > 0 } parts) => new FunctionType(
                [.. parts.SkipLast(1).Select(part => Resolve(part.Type!, variables))], Resolve(parts[^1].Type!, variables)),
            ("time with time zone", _) => throw name.At.Fault("time with time zone is not offered here: take a timestamp with time zone."),
            _ => throw Unknown(name),
        };

        TypeName Of(TypeArgument field) => field.Type ?? throw Unknown(name);
    }

    private static Errors.PermanentEtlException Unknown(TypeName name) =>
        name.At.Fault($"Unknown type: {name.Name}{(name.Name is "string" ? ". Text is varchar." : "")}");

    private static DecimalType Decimal(int precision, int scale, TypeName name) =>
        precision is < 1 or > 38 ? throw name.At.Fault($"DECIMAL precision must be in range [1, 38]: {precision}")
        : scale > precision ? throw name.At.Fault($"DECIMAL scale must be in range [0, precision ({precision})]: {scale}")
        : new DecimalType(precision, scale);

    private static int Precision(TypeName name) => name.Arguments switch
    {
        [] => 3,
        [{ Number: { } precision and <= MostPrecise }] => precision,
        [{ Number: { } precision and <= 12 }] =>
            throw name.At.Fault($"{name.Name}({precision}) is not offered here: at most {MostPrecise} digits of a second."),
        _ => throw name.At.Fault($"{name.Name.ToUpperInvariant()} precision must be in range [0, 12]"),
    };
}
