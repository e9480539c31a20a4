using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Tests.Catalog;

internal static class QueryResults
{
    public static async Task<IReadOnlyList<IReadOnlyList<string?>>> RowsAsync(this IQueries queries, string sql)
    {
        var result = await queries.QueryAsync(sql, TestContext.Current.CancellationToken);
        var rows = new List<IReadOnlyList<string?>>();
        await foreach (var row in result.Rows.WithCancellation(TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The only value of the only row.</summary>
    public static async Task<string?> ValueAsync(this IQueries queries, string sql) => Assert.Single(Assert.Single(await queries.RowsAsync(sql)));

    /// <summary>The rows as lines, fields between bars.</summary>
    public static async Task<string> LinesAsync(this IQueries queries, string sql) =>
        string.Join('\n', (await queries.RowsAsync(sql)).Select(row => string.Join('|', row.Select(value => value ?? "NULL"))));
}
