using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>A query as DuckDB computes it. Its columns are called c0, c1 … there.</summary>
internal sealed record AnalyzedQuery(string Sql, IReadOnlyList<OutputColumn> Columns)
{
    public static string ColumnName(int place) => $"c{place}";

    /// <summary>The columns, where the query is a relation of this name.</summary>
    public IReadOnlyList<Field> FieldsOf(string relation, IReadOnlyList<string> qualifier, IReadOnlyList<string>? names = null) =>
    [
        .. Columns.Select((column, place) => new Field(names?[place] ?? column.Name, column.Type, $"{relation}.{ColumnName(place)}")
        {
            Qualifier = qualifier,
            TypedTable = column.TypedTable,
        }),
    ];
}

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Type">Its type.</param>
/// <param name="TypedTable">The typed table beside, where it is a column of a table in CSV as it stands.</param>
internal sealed record OutputColumn(string? Name, SqlType Type, string? TypedTable = null);

/// <summary>A relation as DuckDB reads it, and the columns that it has.</summary>
internal sealed record AnalyzedRelation(string Sql, IReadOnlyList<Field> Fields);

/// <summary>A relation that a query names before it asks.</summary>
internal sealed record NamedQueryRelation(string SqlName, AnalyzedQuery Query);
