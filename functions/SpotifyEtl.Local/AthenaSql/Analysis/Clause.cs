namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>A clause of a query, and what may stand in it.</summary>
/// <param name="Name">As errors call it.</param>
/// <param name="AllowsAggregates">Whether aggregates may stand in it.</param>
/// <param name="AllowsWindows">Whether window functions may.</param>
internal sealed record Clause(string Name, bool AllowsAggregates = false, bool AllowsWindows = false)
{
    public static Clause Select { get; } = new("SELECT clause", AllowsAggregates: true, AllowsWindows: true);
    public static Clause Where { get; } = new("WHERE clause");
    public static Clause GroupBy { get; } = new("GROUP BY clause");
    public static Clause Having { get; } = new("HAVING clause", AllowsAggregates: true);
    public static Clause OrderBy { get; } = new("ORDER BY clause", AllowsAggregates: true, AllowsWindows: true);
    public static Clause Join { get; } = new("JOIN clause");
    public static Clause Values { get; } = new("VALUES");
    public static Clause Unnest { get; } = new("UNNEST");
}
