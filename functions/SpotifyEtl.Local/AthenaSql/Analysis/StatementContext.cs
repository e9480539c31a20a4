namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>What is the same for all of a statement: the tables, the functions, the time, and names that nothing else bears.</summary>
internal sealed class StatementContext(SqlCatalog catalog, FunctionSet functions, DateTimeOffset now)
{
    private int _names;

    public SqlCatalog Catalog => catalog;

    public FunctionSet Functions => functions;

    public DateTimeOffset Now => now;

    /// <summary>A name of DuckDB's for a relation or a lambda's parameter.</summary>
    public string NewName(char kind) => $"{kind}{++_names}";
}
