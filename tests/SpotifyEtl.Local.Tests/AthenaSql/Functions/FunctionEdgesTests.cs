using SpotifyEtl.Errors;
using SpotifyEtl.Local.Tests.Catalog;

namespace SpotifyEtl.Local.Tests.AthenaSql.Functions;

/// <summary>Functions at their edges are Trino's.</summary>
public sealed class FunctionEdgesTests(CrawledLake lake) : IClassFixture<CrawledLake>
{
    public static TheoryData<string> Answered => [.. FunctionEdges.All.Where(statement => statement.Refusal is null).Select(statement => statement.Sql)];

    public static TheoryData<string> Refused => [.. FunctionEdges.All.Where(statement => statement.Refusal is not null).Select(statement => statement.Sql)];

    [Theory]
    [MemberData(nameof(Answered))]
    public async Task Gives(string sql) => Assert.Equal(Of(sql).Rows, await lake.Queries.LinesAsync(sql));

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Fails_where_Trino_does_and_says_why(string sql)
    {
        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => lake.Queries.LinesAsync(sql));

        Assert.Contains(Of(sql).Refusal!, failure.Message, StringComparison.Ordinal);
    }

    private static DocumentedStatement Of(string sql) => FunctionEdges.All.Single(statement => statement.Sql == sql);
}
