using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;

namespace SpotifyEtl.Local.Report;

/// <summary>The answer to a named query.</summary>
/// <param name="Query">The query.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows; none where others keep them, as those of long answers.</param>
/// <param name="Refusal">Why there is no answer, in the engine's words; null: there is one.</param>
public sealed record QueryAnswer(NamedQuery Query, IReadOnlyList<QueryColumn> Columns, IReadOnlyList<QueryRow> Rows, string? Refusal = null)
{
    /// <summary>The answer without its last column, which is that of another query.</summary>
    public QueryAnswer WithoutLastColumn(NamedQuery query)
    {
        var columns = Columns.SkipLast(1).ToList();
        return this with { Query = query, Columns = columns, Rows = [.. Rows.Select(row => new QueryRow(columns, [.. row.Values.SkipLast(1)]))] };
    }

    /// <summary>The rows as bars of a chart, a missing number as one of no length.</summary>
    public IReadOnlyList<ChartBar> Bars(string label, string value) =>
        [.. Rows.Select(row => new ChartBar(row.Text(label), ChartNumber.Parse(row.Text(value))))];
}
