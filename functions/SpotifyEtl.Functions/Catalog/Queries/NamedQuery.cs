using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Catalog.Queries;

/// <summary>A query that comes with the app. Its SQL runs on Athena and on DuckDB alike.</summary>
/// <param name="Name">Such as <c>top_songs</c>.</param>
/// <param name="Description">One sentence: the SQL file's first line.</param>
/// <param name="Sql">The statement, without a semicolon.</param>
public sealed record NamedQuery(string Name, string Description, string Sql)
{
    /// <summary>Whether it is a view too: unless a table has its name.</summary>
    public bool IsView => !Table.All.Any(table => table.TypedName == Name || table.CatalogName == Name);

    /// <summary>The statement that makes a view of it, which bears its name.</summary>
    public string ViewSql => $"CREATE OR REPLACE VIEW {Name} AS\n{Sql}";
}
