using SpotifyEtl.Local.AthenaSql.Analysis;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql;

/// <summary>A statement of Athena's SQL as DuckDB computes it.</summary>
/// <param name="Sql">DuckDB's statement, which speaks of nothing but the tables.</param>
/// <param name="Columns">The columns of its result, in order.</param>
internal sealed record Translation(string Sql, IReadOnlyList<ResultColumn> Columns)
{
    /// <exception cref="Errors.PermanentEtlException">It means nothing, or something that is not offered here; the message says what, and where.</exception>
    public static Translation Of(Statement statement, SqlCatalog catalog, DateTimeOffset now)
    {
        var analyzed = statement is QueryStatement query
            ? QueryAnalyzer.Of(new StatementContext(catalog, FunctionSet.OfAthena, now)).Analyze(query.Query, outer: null)
            : Shown.Of(statement, catalog);
        return new Translation(
            analyzed.Sql, [.. analyzed.Columns.Select((column, place) => new ResultColumn(column.Name ?? $"_col{place}", column.Type))]);
    }
}

/// <summary>A column of a result.</summary>
internal sealed record ResultColumn(string Name, SqlType Type);
