using System.Globalization;
using SpotifyEtl.Local.AthenaSql.Types;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>Trino's casts in DuckDB's SQL.</summary>
internal static class CastSql
{
    private const string WholeNumber = "'[+-]?[0-9]+'";
    private const string AnyNumber = @"'\s*[+-]?(NaN|Infinity|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)\s*'";

    /// <summary>The expression; null: there is no such cast.</summary>
    /// <param name="sql">The value.</param>
    /// <param name="isSimple">Whether it may be written more than once.</param>
    /// <param name="from">Its type.</param>
    /// <param name="to">The type wanted.</param>
    public static string? Of(string sql, bool isSimple, SqlType from, SqlType to) => (from, to) switch
    {
        _ when from == to => sql,
        (SimpleType { Name: "unknown" }, _) => Spelling.Cast("NULL", to),
        (_, VarcharType or CharType) => ToText(sql, isSimple, from, to),
        (_, SimpleType { Name: "json" }) => JsonCastSql.ToJson(sql, from),
        (SimpleType { Name: "json" }, _) => Once(sql, isSimple, value => JsonCastSql.FromJson(value, to)),
        (VarcharType or CharType, _) => Once(sql, isSimple, value => FromText(value, to)),
        (ArrayType or MapType or RowType, _) => Nested(sql, isSimple, from, to),
        (TimestampType or TimeType or SimpleType { Name: "date" }, _) => MomentCastSql.Of(sql, isSimple, from, to),
        _ => FromNumber(sql, isSimple, from, to),
    };

    /// <summary>A number out of text that may be one.</summary>
    public static string? TryNumber(string value, SqlType to) => to switch
    {
        SimpleType { Name: "tinyint" or "smallint" or "integer" or "bigint" } =>
            $"CASE WHEN regexp_full_match({value}, {WholeNumber}) THEN TRY_CAST({value} AS {DuckDbType.Of(to)}) END",
        SimpleType { Name: "double" or "real" } or DecimalType =>
            $"CASE WHEN regexp_full_match({value}, {AnyNumber}) THEN TRY_CAST(trim({value}) AS {DuckDbType.Of(to)}) END",
        SimpleType { Name: "boolean" } => $"CASE WHEN lower({value}) IN ('true', 't', '1') THEN true WHEN lower({value}) IN ('false', 'f', '0') THEN false END",
        _ => null,
    };

    public static string? Once(string sql, bool isSimple, Func<string, string?> body)
    {
        if (isSimple)
        {
            return body(sql);
        }

        return body("_v.a0") is { } rendered ? Let(rendered, sql) : null;
    }

    private static string? FromText(string value, SqlType to)
    {
        if (to is TimestampType or TimeType or SimpleType { Name: "date" })
        {
            return MomentCastSql.FromText(value, to);
        }

        if (to is SimpleType { Name: "varbinary" })
        {
            return $"encode({value})";
        }

        if (TryNumber(value, to) is not { } number)
        {
            return null;
        }

        var name = to is SimpleType { Name: "integer" } ? "INT" : to.ToString().ToUpperInvariant();
        var message = to is DecimalType
            ? $"'Cannot cast VARCHAR ''' || {value} || ''' to {name}. Value is not a number.'"
            : $"'Cannot cast ''' || {value} || ''' to {name}'";
        return $"CASE WHEN {value} IS NULL THEN NULL ELSE coalesce({number}, {Error(message)}) END";
    }

    private static string? ToText(string sql, bool isSimple, SqlType from, SqlType to)
    {
        var text = from switch
        {
            VarcharType or CharType => sql,
            SimpleType { Name: "boolean" or "tinyint" or "smallint" or "integer" or "bigint" } or DecimalType => $"CAST({sql} AS VARCHAR)",
            SimpleType { Name: "double" } => $"athena_double_text({sql})",
            SimpleType { Name: "real" } => $"athena_real_text({sql})",
            SimpleType { Name: "json" } => Once(sql, isSimple, value => JsonCastSql.FromJson(value, SqlType.Varchar)),
            SimpleType { Name: "interval year to month" } => $"athena_months_text({Months(sql)})",
            SimpleType { Name: "interval day to second" } => $"athena_duration_text(epoch_us({sql}))",
            SimpleType { Name: "date" } or TimestampType or TimeType => MomentCastSql.ToText(sql, isSimple, from),
            _ => null,
        };
        return text is null ? null : to switch
        {
            CharType { Length: var length } => string.Create(CultureInfo.InvariantCulture, $"rpad({text}, {length}, ' ')"),
            VarcharType { Length: { } length } when !(from is VarcharType { Length: { } most } && most <= length) =>
                Cut(text, isSimple, length, from),
            _ => text,
        };
    }

    // Text is cut; a number that does not fit fails.
    private static string Cut(string text, bool isSimple, int length, SqlType from) => from is VarcharType or CharType or SimpleType { Name: "json" }
        ? string.Create(CultureInfo.InvariantCulture, $"left({text}, {length})")
        : Once(text, isSimple: false, value => string.Create(
            CultureInfo.InvariantCulture,
            $"CASE WHEN length({value}) <= {length} THEN {value} WHEN {value} IS NOT NULL THEN "
                + $"{Error($"'Value ' || {value} || ' cannot be represented as varchar({length})'")} END"))!;

    public static string Months(string interval) => $"CAST(datepart('year', {interval}) * 12 + datepart('month', {interval}) AS BIGINT)";

    private static string? FromNumber(string sql, bool isSimple, SqlType from, SqlType to)
    {
        if (to is SimpleType { Name: "boolean" })
        {
            return from is SimpleType { Name: "tinyint" or "smallint" or "integer" or "bigint" or "double" or "real" } or DecimalType ? $"({sql} <> 0)" : null;
        }

        var isTarget = to is SimpleType { Name: "tinyint" or "smallint" or "integer" or "bigint" or "double" or "real" } or DecimalType;
        return (from, to) switch
        {
            _ when !isTarget => null,
            (SimpleType { Name: "double" or "real" }, SimpleType { Name: not ("double" or "real") }) => Once(sql, isSimple, value =>
                $"CASE WHEN isfinite({value}) OR {value} IS NULL THEN CAST(round({value}) AS {DuckDbType.Of(to)}) ELSE "
                    + $"{Error($"'Cannot cast {from} ' || CAST({value} AS VARCHAR) || ' to {to}'")} END"),
            (SimpleType { Name: "double" }, DecimalType) when isSimple => Spelling.Cast(sql, to),
            (SimpleType { Name: "boolean" or "tinyint" or "smallint" or "integer" or "bigint" or "double" or "real" } or DecimalType, _) =>
                Spelling.Cast(sql, to),
            _ => null,
        };
    }

    private static string? Nested(string sql, bool isSimple, SqlType from, SqlType to) => (from, to) switch
    {
        (ArrayType first, ArrayType second) => Of("_e", isSimple: true, first.Element, second.Element) is { } element
            ? $"list_transform({sql}, lambda _e: {element})"
            : null,
        (MapType first, MapType second) => Map(sql, first, second),
        (RowType first, RowType second) => Once(sql, isSimple, value => Row(value, first, second)),
        _ => null,
    };

    private static string? Map(string sql, MapType from, MapType to)
    {
        var key = Of("_e.key", isSimple: true, from.Key, to.Key);
        var value = Of("_e.value", isSimple: true, from.Value, to.Value);
        return key is null || value is null
            ? null
            : $"map_from_entries(list_transform(map_entries({sql}), lambda _e: struct_pack(key := {key}, value := {value})))";
    }

    private static string? Row(string value, RowType from, RowType to)
    {
        if (from.Fields.Count != to.Fields.Count)
        {
            return null;
        }

        List<string> fields = [];
        foreach (var (before, after) in from.Fields.Zip(to.Fields))
        {
            if (Of(Spelling.Field(value, fields.Count + 1), isSimple: true, before.Type, after.Type) is not { } field)
            {
                return null;
            }

            fields.Add(field);
        }

        return Spelling.NullWith(value, Spelling.Struct(fields));
    }
}
