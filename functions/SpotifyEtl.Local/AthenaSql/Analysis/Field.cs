using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>A column that a scope knows.</summary>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Type">Its type.</param>
/// <param name="Sql">DuckDB's expression of it.</param>
internal sealed record Field(string? Name, SqlType Type, string Sql)
{
    /// <summary>What may stand before the name: an alias, or the parts of a table's name.</summary>
    public IReadOnlyList<string> Qualifier { get; init; } = [];

    /// <summary>The typed table beside, where it is a column of a table in CSV, in which all is text.</summary>
    public string? TypedTable { get; init; }

    /// <summary>Whether it is a column of the result, which ORDER BY sees before those of the tables.</summary>
    public bool IsOutput { get; init; }

    /// <summary>Whether * leaves it out.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether a name with what qualifies it names this column.</summary>
    public bool Answers(IReadOnlyList<string> parts)
    {
        var prefix = parts.Count - 1;
        return Name is not null
            && Name.Equals(parts[^1], StringComparison.OrdinalIgnoreCase)
            && IsOf(parts.Take(prefix).ToList());
    }

    /// <summary>Whether it belongs to a relation of that name.</summary>
    public bool IsOf(IReadOnlyList<string> relation) =>
        relation.Count <= Qualifier.Count
        && relation.SequenceEqual(Qualifier.Skip(Qualifier.Count - relation.Count), StringComparer.OrdinalIgnoreCase);
}
