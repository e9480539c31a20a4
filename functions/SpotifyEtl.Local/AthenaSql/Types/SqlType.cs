namespace SpotifyEtl.Local.AthenaSql.Types;

/// <summary>A type of Athena's SQL. Its text is Trino's own: <c>decimal(10,2)</c>, <c>map(varchar, array(bigint))</c>.</summary>
internal abstract record SqlType
{
    public static SqlType Unknown { get; } = new SimpleType("unknown");
    public static SqlType Boolean { get; } = new SimpleType("boolean");
    public static SqlType TinyInt { get; } = new SimpleType("tinyint");
    public static SqlType SmallInt { get; } = new SimpleType("smallint");
    public static SqlType Integer { get; } = new SimpleType("integer");
    public static SqlType BigInt { get; } = new SimpleType("bigint");
    public static SqlType Real { get; } = new SimpleType("real");
    public static SqlType Double { get; } = new SimpleType("double");
    public static SqlType Varchar { get; } = new VarcharType(Length: null);
    public static SqlType Varbinary { get; } = new SimpleType("varbinary");
    public static SqlType Json { get; } = new SimpleType("json");
    public static SqlType Date { get; } = new SimpleType("date");
    public static SqlType Timestamp { get; } = new TimestampType(3, HasZone: false);
    public static SqlType TimestampWithZone { get; } = new TimestampType(3, HasZone: true);
    public static SqlType YearToMonth { get; } = new SimpleType("interval year to month");
    public static SqlType DayToSecond { get; } = new SimpleType("interval day to second");
}

/// <summary>A type without parameters.</summary>
internal sealed record SimpleType(string Name) : SqlType
{
    public override string ToString() => Name;
}

/// <summary>Text of any length, or of at most <paramref name="Length"/> characters.</summary>
internal sealed record VarcharType(int? Length) : SqlType
{
    public override string ToString() => Length is null ? "varchar" : $"varchar({Length})";
}

/// <summary>Text of exactly <paramref name="Length"/> characters, filled with spaces.</summary>
internal sealed record CharType(int Length) : SqlType
{
    public override string ToString() => $"char({Length})";
}

/// <summary>Numbers of <paramref name="Precision"/> digits, <paramref name="Scale"/> of them after the point.</summary>
internal sealed record DecimalType(int Precision, int Scale) : SqlType
{
    public override string ToString() => $"decimal({Precision},{Scale})";
}

/// <summary>A time of the day.</summary>
internal sealed record TimeType(int Precision) : SqlType
{
    public override string ToString() => $"time({Precision})";
}

/// <summary>A moment of a calendar, or with a zone an instant as that zone shows it.</summary>
internal sealed record TimestampType(int Precision, bool HasZone) : SqlType
{
    public override string ToString() => $"timestamp({Precision}){(HasZone ? " with time zone" : "")}";
}

/// <summary>A list of values of one type.</summary>
internal sealed record ArrayType(SqlType Element) : SqlType
{
    public override string ToString() => $"array({Element})";
}

/// <summary>Values by keys.</summary>
internal sealed record MapType(SqlType Key, SqlType Value) : SqlType
{
    public override string ToString() => $"map({Key}, {Value})";
}

/// <summary>Values of types of their own, which may have names.</summary>
internal sealed record RowType(IReadOnlyList<RowField> Fields) : SqlType
{
    public bool Equals(RowType? other) => other is not null && Fields.SequenceEqual(other.Fields);

    public override int GetHashCode() => Fields.Count;

    public override string ToString() => $"row({string.Join(", ", Fields)})";
}

/// <summary>A field of a row.</summary>
internal sealed record RowField(string? Name, SqlType Type)
{
    public override string ToString() => Name is null ? $"{Type}" : $"\"{Name}\" {Type}";
}

/// <summary>A lambda.</summary>
internal sealed record FunctionType(IReadOnlyList<SqlType> Arguments, SqlType Result) : SqlType
{
    public bool Equals(FunctionType? other) => other is not null && Result == other.Result && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => Arguments.Count;

    public override string ToString() => $"function({string.Join(", ", Arguments)}, {Result})";
}

/// <summary>What stands for a type in a signature: <c>T</c>.</summary>
internal sealed record TypeVariable(string Name) : SqlType
{
    public override string ToString() => Name;
}
