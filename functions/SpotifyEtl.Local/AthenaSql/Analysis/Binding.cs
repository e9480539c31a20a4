using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>
/// How arguments go into a signature: the types that its variables stand for, the values as its parameters want them, and how far they had to be converted.
/// </summary>
internal sealed class Binding(Signature signature)
{
    private readonly Dictionary<string, SqlType> _variables = new(StringComparer.Ordinal);

    public Signature Signature => signature;

    /// <summary>The less, the better it fits.</summary>
    public int Cost { get; private set; }

    /// <summary>Whether a lambda's result made a type wider than what the lambda was read with.</summary>
    public bool IsWidened { get; set; }

    /// <summary>Takes a value's type for a parameter.</summary>
    public bool Take(SqlType parameter, SqlType argument)
    {
        switch (parameter)
        {
            case TypeVariable variable:
                var known = _variables.GetValueOrDefault(variable.Name);
                if ((known is null ? argument : TypeRules.Common(known, argument)) is not { } common)
                {
                    return false;
                }

                Cost += known is null || known == argument ? 0 : 1;
                _variables[variable.Name] = common;
                return true;
            case not null when argument == SqlType.Unknown || parameter == Signature.Any:
                return true;
            case ArrayType array:
                return argument is ArrayType list && Take(array.Element, list.Element);
            case MapType map:
                return argument is MapType entries && Take(map.Key, entries.Key) && Take(map.Value, entries.Value);
            case RowType row:
                return argument is RowType fields && fields.Fields.Count == row.Fields.Count
                    && row.Fields.Zip(fields.Fields).All(pair => Take(pair.First.Type, pair.Second.Type));
            case DecimalType when parameter == Signature.AnyDecimal:
                Cost += argument is DecimalType ? 0 : 2;
                return argument is DecimalType || TypeRules.IsInteger(argument);
            case null:
                return false;
            default:
                Cost += Distance(argument, parameter);
                return IsSame(parameter, argument) || TypeRules.CanCoerce(argument, parameter);
        }
    }

    /// <summary>The type of a parameter, with what its variables stand for.</summary>
    public SqlType Filled(SqlType type, SqlType? argument = null) => type switch
    {
        TypeVariable variable => _variables.GetValueOrDefault(variable.Name, SqlType.Unknown),
        ArrayType array => new ArrayType(Filled(array.Element, (argument as ArrayType)?.Element)),
        MapType map => new MapType(Filled(map.Key, (argument as MapType)?.Key), Filled(map.Value, (argument as MapType)?.Value)),
        RowType row => new RowType([.. row.Fields.Select(field => field with { Type = Filled(field.Type) })]),
        FunctionType function => new FunctionType([.. function.Arguments.Select(one => Filled(one))], Filled(function.Result)),
        _ when type == Signature.AnyDecimal => argument is null || argument == SqlType.Unknown ? new DecimalType(38, 0) : TypeRules.AsDecimal(argument),
        _ when type == Signature.Any => argument ?? SqlType.Unknown,
        _ when argument is not null && IsSame(type, argument) => argument,
        _ => type,
    };

    /// <summary>Whether a lambda's result fits, and what its variables stand for by it.</summary>
    public bool TakeResult(SqlType parameter, SqlType result)
    {
        if (parameter is not TypeVariable variable || !_variables.TryGetValue(variable.Name, out var known) || known == SqlType.Unknown)
        {
            return Take(parameter, result);
        }

        if (TypeRules.CanCoerce(result, known))
        {
            return true;
        }

        if (TypeRules.Common(known, result) is not { } common)
        {
            return false;
        }

        _variables[variable.Name] = common;
        IsWidened = true;
        return true;
    }

    // A parameter of text takes text of any length, one of a time any precision.
    private static bool IsSame(SqlType parameter, SqlType argument) => (parameter, argument) switch
    {
        (VarcharType { Length: null }, VarcharType) => true,
        (TimestampType first, TimestampType second) => first.HasZone == second.HasZone,
        (TimeType, TimeType) => true,
        (CharType { Length: 1 }, CharType) => true,
        _ => parameter == argument,
    };

    private static int Distance(SqlType from, SqlType to) => (from, to) switch
    {
        _ when IsSame(to, from) => 0,
        _ when TypeRules.IsInteger(from) && TypeRules.IsInteger(to) => 1,
        (_, SimpleType { Name: "double" }) => 3,
        (_, SimpleType { Name: "real" }) => 4,
        (_, DecimalType) => 2,
        (_, TimestampType { HasZone: true }) => 3,
        _ => 2,
    };
}
