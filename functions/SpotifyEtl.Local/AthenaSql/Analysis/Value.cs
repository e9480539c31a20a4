using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>What an expression is: its type, and DuckDB's expression of it, which stands for itself wherever it is put.</summary>
internal sealed record Value(SqlType Type, string Sql)
{
    public static Value Null { get; } = new(SqlType.Unknown, "NULL") { IsLiteral = true };

    /// <summary>The text, where it is a text's literal.</summary>
    public string? Constant { get; init; }

    /// <summary>Whether it is a constant as it is written: computing it again costs nothing.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>The column of which it is the value, where it is a column as it stands.</summary>
    public Field? Field { get; init; }

    /// <summary>Whether it may be written twice.</summary>
    public bool IsSimple => IsLiteral || Field is not null;
}
