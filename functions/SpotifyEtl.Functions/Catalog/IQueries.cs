namespace SpotifyEtl.Catalog;

/// <summary>Answers SQL over the lake's tables: Athena's, or DuckDB's on a folder lake.</summary>
public interface IQueries
{
    /// <summary>Runs one statement. All values are text, as Athena's results are; null is a missing value.</summary>
    /// <exception cref="Errors.PermanentEtlException">The engine refuses the statement; the message is the engine's own.</exception>
    Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken = default);
}

/// <summary>A result set, its rows read as they are enumerated (once).</summary>
public sealed record QueryResult(IReadOnlyList<QueryColumn> Columns, IAsyncEnumerable<IReadOnlyList<string?>> Rows)
{
    /// <summary>What the answer cost, where it cost anything.</summary>
    public QueryCost? Cost { get; init; }
}

/// <summary>The bytes that a query read, and what Athena takes for them at its list price in most regions.</summary>
public sealed record QueryCost(long ScannedBytes)
{
    private const decimal DollarsPerTerabyte = 5;
    private const long LeastBytes = 10_000_000;

    public decimal Dollars => Math.Max(ScannedBytes, LeastBytes) / 1e12m * DollarsPerTerabyte;

    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Athena scanned {ScannedBytes / 1e6m:0.###} MB, about ${Dollars:0.######} at $5 a TB (10 MB at least).");
}

/// <summary>A column of a result set.</summary>
/// <param name="Name">Its name, which others may share.</param>
/// <param name="Type">The type of its values, by the name that Athena gives it: varchar, bigint, decimal(10,2), array(varchar).</param>
public sealed record QueryColumn(string Name, string Type)
{
    private static readonly HashSet<string> s_numeric = new(StringComparer.OrdinalIgnoreCase)
    {
        "tinyint", "smallint", "integer", "int", "bigint", "float", "real", "double", "decimal",
    };

    /// <summary>Whether its values are numbers.</summary>
    public bool IsNumeric => s_numeric.Contains(Type.Split('(')[0]);
}
