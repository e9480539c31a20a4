namespace SpotifyEtl.Catalog;

/// <summary>Answers SQL over the lake's tables: Athena's, or DuckDB's on a folder lake.</summary>
public interface IQueries
{
    /// <summary>Runs one statement. All values are text, as Athena's results are; null is a missing value.</summary>
    /// <exception cref="Errors.PermanentEtlException">The engine refuses the statement; the message is the engine's own.</exception>
    Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken = default);
}

/// <summary>A result set, its rows read as they are enumerated (once).</summary>
public sealed record QueryResult(IReadOnlyList<QueryColumn> Columns, IAsyncEnumerable<IReadOnlyList<string?>> Rows);

/// <summary>A column of a result set. <paramref name="IsNumeric"/>: its values are numbers.</summary>
public sealed record QueryColumn(string Name, bool IsNumeric);
