using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;

namespace SpotifyEtl.Functions.Tests.Catalog;

/// <summary>The queries that come with the app keep to what Athena and DuckDB both take.</summary>
public sealed class QueryDialectTests
{
    public static TheoryData<string> Names => [.. NamedQueries.All.Select(query => query.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_query_that_comes_with_the_app_runs_on_both_engines(string name) => Assert.Empty(SqlDialect.Objections(NamedQueries.Get(name).Sql));

    [Fact]
    public void The_views_of_the_newest_rows_run_on_both_engines() => Assert.All(LatestView.All, view => Assert.Empty(SqlDialect.Objections(view.Sql)));

    [Theory]
    [InlineData("SELECT song_id FROM song_data QUALIFY row_number() OVER (PARTITION BY song_id ORDER BY extracted_at) = 1", "QUALIFY")]
    [InlineData("SELECT song_id FROM song_data qualify row_number() OVER (ORDER BY song_id) = 1", "qualify")]
    [InlineData("SELECT popularity::integer FROM song_data", "':'")]
    [InlineData("SELECT LIST(song_id) FROM song_data", "LIST(")]
    [InlineData("SELECT strftime(song_added, '%Y') FROM song_data", "strftime(")]
    [InlineData("SELECT left(song_name, 3) FROM song_data", "left(")]
    [InlineData("SELECT string_agg(song_name, ', ') FROM song_data", "string_agg(")]
    [InlineData("SELECT * EXCLUDE (url) FROM song_data", "EXCLUDE(")]
    [InlineData("FROM song_data SELECT song_id", "begins with neither")]
    [InlineData("SELECT song_id FROM song_data;", "';'")]
    [InlineData("SELECT name FROM album_data WHERE name ILIKE 'a%'", "ILIKE")]
    [InlineData("SELECT [1, 2] FROM song_data", "'['")]
    [InlineData("SELECT {'a': song_id} FROM song_data", "'{'")]
    [InlineData("SELECT song_id FROM song_data WHERE song_name ~ 'x'", "'~'")]
    [InlineData("SELECT song_id, count(*) FROM song_data GROUP BY ALL", "ALL")]
    [InlineData("SELECT song_id FROM song_data USING SAMPLE 10", "SAMPLE")]
    [InlineData("SELECT CAST(popularity AS int8) FROM song_data WHERE popularity = 'x'::text", "':'")]
    [InlineData("SELECT s.song_nmae FROM song_data s", "song_nmae")]
    [InlineData("SELECT song_id FROM tunes", "tunes")]
    [InlineData("PIVOT song_data ON song_id", "begins with neither")]
    public void What_one_of_them_does_not_know_is_refused(string sql, string objection) =>
        Assert.Contains(SqlDialect.Objections(sql), text => text.Contains(objection, StringComparison.Ordinal));
}
