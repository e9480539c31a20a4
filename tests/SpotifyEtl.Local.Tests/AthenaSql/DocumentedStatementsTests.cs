using SpotifyEtl.Errors;
using SpotifyEtl.Local.Tests.Catalog;

namespace SpotifyEtl.Local.Tests.AthenaSql;

/// <summary>What Athena's documentation says that a statement gives, it gives here.</summary>
public sealed class DocumentedStatementsTests(CrawledLake lake) : IClassFixture<CrawledLake>
{
    public static TheoryData<string> Answered =>
        [.. DocumentedStatements.All.Where(statement => statement.Refusal is null).Select(statement => statement.Sql)];

    public static TheoryData<string> Refused =>
        [.. DocumentedStatements.All.Where(statement => statement.Refusal is not null).Select(statement => statement.Sql)];

    [Theory]
    [MemberData(nameof(Answered))]
    public async Task Gives_the_documented_rows(string sql) => Assert.Equal(Of(sql).Rows, await lake.Queries.LinesAsync(sql));

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Is_refused_by_name_where_the_documentation_says_so_or_it_is_not_offered(string sql)
    {
        var refusal = await Assert.ThrowsAsync<PermanentEtlException>(() => lake.Queries.LinesAsync(sql));

        Assert.Contains(Of(sql).Refusal!, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_more_than_a_hundred_statements() => Assert.True(Answered.Count > 100, $"{Answered.Count} are answered.");

    private static DocumentedStatement Of(string sql) => DocumentedStatements.All.Single(statement => statement.Sql == sql);
}
