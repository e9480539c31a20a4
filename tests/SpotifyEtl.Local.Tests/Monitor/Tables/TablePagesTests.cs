using System.Net;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Local.Tests.Monitor.Sql;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Monitor.Tables;

/// <summary>The pages of the tables, over HTTP.</summary>
public sealed class TablePagesTests(ServedDemo demo) : IClassFixture<ServedDemo>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_and_view_is_listed_with_its_columns_and_types()
    {
        var page = await demo.Browser.ReadAsync("/tables");

        string[] names =
        [
            .. Table.All.Select(table => table.TypedName), .. Table.All.Select(table => table.CatalogName), .. LatestView.All.Select(view => view.Name),
            .. NamedQueries.All.Where(query => query.IsView).Select(query => query.Name), "runs", "files",
        ];
        Assert.All(names, name => Assert.Contains($"href=\"/tables/{name}\">{name}</a>", page, StringComparison.Ordinal));
        Assert.Contains("<code>duration_ms</code> <span class=\"soft\">integer</span>", page, StringComparison.Ordinal);
        Assert.Contains("<code>release_date</code> <span class=\"soft\">date</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_and_the_newest_extraction_are_those_that_SQL_finds()
    {
        var counted = await OneAsync("SELECT count(*) AS n FROM songs");
        var newest = await OneAsync("SELECT max(extracted_at) AS newest FROM songs");

        var page = await demo.Browser.ReadAsync("/tables");
        var songs = page.Split(">songs</a>")[1].Split("</tr>")[0];

        Assert.Contains($"class=\"number\">{counted}</td>", songs, StringComparison.Ordinal);
        Assert.Contains($">{newest[..19]} UTC</time>", songs, StringComparison.Ordinal);
        Assert.Contains("class=\"number\">1</td>", page.Split(">runs</a>")[1].Split("</tr>")[0], StringComparison.Ordinal);
        Assert.Contains("class=\"number\">computed</td>", page.Split(">top_songs</a>")[1].Split("</tr>")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_table_has_a_page_with_a_sample_or_the_offer_of_one_and_leads_to_SQL()
    {
        var names = (await demo.Browser.ReadAsync("/tables")).Split("href=\"/tables/").Skip(1).Select(text => text.Split('"')[0]).ToList();

        Assert.True(names.Count > 30);
        foreach (var name in names)
        {
            var page = await demo.Browser.ReadAsync("/tables/" + name);
            var link = page.Split("class=\"button primary\" href=\"")[1].Split('"')[0];
            string[] sample = [$"Sample of {name}", "Show some rows", "No rows."];
            Assert.True(Array.Exists(sample, text => page.Contains(text, StringComparison.Ordinal)), name);
            Assert.DoesNotContain("role=\"alert\"", page, StringComparison.Ordinal);
            Assert.Contains("SELECT", await demo.Browser.ReadAsync(link), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_computed_is_counted_and_shown_when_somebody_asks()
    {
        var before = await demo.Browser.ReadAsync("/tables/songs_latest");
        using var counted = await demo.Browser.PostAsync("/tables/songs_latest", ("ask", "rows"));
        using var shown = await demo.Browser.PostAsync("/tables/songs_latest", ("ask", "sample"));

        Assert.Contains("not counted", before, StringComparison.Ordinal);
        var rows = await OneAsync("SELECT count(*) AS n FROM songs_latest");
        Assert.Contains($"<dd>{rows}</dd>", await counted.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Sample of songs_latest\"", await shown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_leads_to_its_tables_and_to_SQL_over_its_files()
    {
        var page = await demo.Browser.ReadAsync($"/runs/{demo.RunId}");
        using var answered = await demo.Browser.PostAsync("/sql", ("sql", $"SELECT rawfile FROM files WHERE runid = '{demo.RunId}'"));

        Assert.Contains($"href=\"/sql?run={demo.RunId}\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/tables/songs\"", page, StringComparison.Ordinal);
        Assert.Contains("spotify_raw_", await answered.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tables/nothing")]
    [InlineData("/tables/songs%20WHERE%201=1")]
    [InlineData("/tables/%3Cscript%3E")]
    public async Task A_table_that_is_not_there_is_said_so(string path)
    {
        using var answer = await demo.Browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private async Task<string> OneAsync(string sql)
    {
        using var file = await demo.Browser.PostAsync("/sql/download", ("sql", sql), ("format", "csv"));
        return (await file.Content.ReadAsStringAsync(Cancellation)).Split('\n')[1];
    }
}
