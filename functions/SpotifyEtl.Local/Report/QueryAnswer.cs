using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;

namespace SpotifyEtl.Local.Report;

/// <summary>The answer to a named query, or of a long one the rows that the report shows.</summary>
/// <param name="Query">The query.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Rows, as the query gives them.</param>
/// <param name="Refusal">Why there is no answer, in the engine's words; null: there is one.</param>
public sealed record QueryAnswer(NamedQuery Query, IReadOnlyList<QueryColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, string? Refusal = null)
{
    /// <summary>The texts of a column, missing ones as empty.</summary>
    public IReadOnlyList<string> Texts(int column) => [.. Rows.Select(row => row[column] ?? "")];

    /// <summary>The numbers of a column, missing ones as 0.</summary>
    public IReadOnlyList<double> Numbers(int column) => [.. Rows.Select(row => ChartNumber.Parse(row[column]))];
}
