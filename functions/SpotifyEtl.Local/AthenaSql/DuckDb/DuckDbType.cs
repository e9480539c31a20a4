using System.Globalization;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>Types as DuckDB names them, and what its own types are in Athena's SQL.</summary>
internal static class DuckDbType
{
    public static string Of(SqlType type) => type switch
    {
        SimpleType { Name: "real" } => "FLOAT",
        SimpleType { Name: "varbinary" } => "BLOB",
        SimpleType { Name: "unknown" } => "INTEGER",
        SimpleType { Name: "interval year to month" or "interval day to second" } => "INTERVAL",
        SimpleType simple => simple.Name.ToUpperInvariant(),
        VarcharType or CharType => "VARCHAR",
        DecimalType number => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({number.Precision}, {number.Scale})"),
        TimeType => "TIME",
        TimestampType { HasZone: true } => "STRUCT(instant TIMESTAMP, \"zone\" VARCHAR)",
        TimestampType => "TIMESTAMP",
        ArrayType array => $"{Of(array.Element)}[]",
        MapType map => $"MAP({Of(map.Key)}, {Of(map.Value)})",
        RowType row => $"STRUCT({string.Join(", ", row.Fields.Select((field, index) => $"f{index + 1} {Of(field.Type)}"))})",
        _ => throw new InvalidOperationException($"{type} is no value's type."),
    };

    /// <summary>What a type of DuckDB is, as DuckDB tells it: <c>STRUCT(a INTEGER, b VARCHAR[])</c>.</summary>
    public static SqlType Parse(string text)
    {
        var at = 0;
        return Parse(text, ref at);
    }

    private static SqlType Parse(string text, ref int at)
    {
        var type = Plain(text, ref at);
        while (at < text.Length && text[at] is '[')
        {
            at = text.IndexOf(']', at) + 1;
            type = new ArrayType(type);
        }

        return type;
    }

    private static SqlType Plain(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] is not ('(' or ')' or ',' or '['))
        {
            at++;
        }

        var name = text[start..at].Trim();
        if (at >= text.Length || text[at] is not '(')
        {
            return Simple(name);
        }

        at++;
        List<RowField> fields = [];
        List<string> numbers = [];
        while (text[at] is not ')')
        {
            at += text[at] is ',' ? 1 : 0;
            at += text[at] is ' ' ? 1 : 0;
            if (name is "STRUCT")
            {
                var field = FieldName(text, ref at);
                fields.Add(new RowField(field, Parse(text, ref at)));
            }
            else if (char.IsAsciiDigit(text[at]))
            {
                var end = text.AsSpan(at).IndexOfAny(",)");
                numbers.Add(text.Substring(at, end));
                at += end;
            }
            else
            {
                fields.Add(new RowField(Name: null, Parse(text, ref at)));
            }
        }

        at++;
        return (name, fields) switch
        {
            ("DECIMAL", _) => new DecimalType(int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture)),
            ("MAP", [var key, var value]) => new MapType(key.Type, value.Type),
            ("STRUCT", [{ Name: "instant" }, { Name: "zone" }]) => SqlType.TimestampWithZone,
            ("STRUCT", _) => new RowType(fields),
            _ => SqlType.Varchar,
        };
    }

    private static string FieldName(string text, ref int at)
    {
        if (text[at] is not '"')
        {
            var end = text.IndexOf(' ', at);
            var plain = text[at..end];
            at = end + 1;
            return plain;
        }

        var start = ++at;
        while (text[at] is not '"' || (at + 1 < text.Length && text[at + 1] is '"'))
        {
            at += text[at] is '"' ? 2 : 1;
        }

        var name = text[start..at].Replace("\"\"", "\"", StringComparison.Ordinal);
        at += 2;
        return name;
    }

    private static SqlType Simple(string name) => name switch
    {
        "BOOLEAN" => SqlType.Boolean,
        "TINYINT" => SqlType.TinyInt,
        "SMALLINT" or "UTINYINT" => SqlType.SmallInt,
        "INTEGER" or "USMALLINT" => SqlType.Integer,
        "BIGINT" or "UINTEGER" => SqlType.BigInt,
        "UBIGINT" => new DecimalType(20, 0),
        "HUGEINT" or "UHUGEINT" => new DecimalType(38, 0),
        "FLOAT" => SqlType.Real,
        "DOUBLE" => SqlType.Double,
        "DATE" => SqlType.Date,
        "TIME" => new TimeType(3),
        "BLOB" => SqlType.Varbinary,
        "JSON" => SqlType.Json,
        "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => SqlType.Timestamp,
        _ => SqlType.Varchar,
    };
}
