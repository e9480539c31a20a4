using System.Net;
using System.Text.RegularExpressions;
using SpotifyEtl.Catalog.Queries;

namespace SpotifyEtl.Local.Tests.Monitor.Sql;

/// <summary>The SQL page over HTTP, as a browser without script sees it.</summary>
public sealed class SqlPageTests(ServedDemo demo) : IClassFixture<ServedDemo>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_named_query_is_opened_by_its_name_and_answered_when_it_is_posted()
    {
        var opened = await demo.Browser.ReadAsync("/sql?name=top_songs");
        using var answered = await demo.Browser.PostAsync("/sql", ("sql", NamedQueries.Get("top_songs").Sql));
        var page = await answered.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("<option value=\"top_songs\" selected>", opened, StringComparison.Ordinal);
        Assert.Contains("FROM songs_latest", Statement(opened), StringComparison.Ordinal);
        Assert.Contains("<div id=\"answer\"></div>", opened, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Contains("<h2 id=\"rows\">10 rows</h2>", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Harbour, Then Rain</bdi>", page, StringComparison.Ordinal);
        Assert.Equal(Statement(opened), Statement(page));
    }

    [Fact]
    public async Task Every_named_query_is_offered_with_what_it_answers()
    {
        var page = await demo.Browser.ReadAsync("/sql");

        Assert.All(
            NamedQueries.All,
            query => Assert.Contains($"<option value=\"{query.Name}\">{query.Name}: {query.Description[..20]}", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?table=songs", "FROM songs")]
    [InlineData("?table=chart_moves", "FROM chart_moves")]
    [InlineData("?run=a-run", "WHERE runid = &#x27;a-run&#x27;")]
    public async Task A_table_and_a_run_are_begun_with_by_their_names(string address, string expected) =>
        Assert.Contains(expected, Statement(await demo.Browser.ReadAsync("/sql" + address)), StringComparison.Ordinal);

    [Theory]
    [InlineData("?name=nothing")]
    [InlineData("?table=nothing")]
    [InlineData("?table=songs;DROP")]
    [InlineData("?run=x%27%20OR%201=1")]
    public async Task What_an_address_names_must_be_there(string address)
    {
        using var answer = await demo.Browser.GetAsync("/sql" + address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_address_that_holds_SQL_asks_nothing()
    {
        var page = await demo.Browser.ReadAsync("/sql?sql=SELECT+1");

        Assert.Equal("", Statement(page));
        Assert.Contains("<div id=\"answer\"></div>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_value_an_empty_text_and_the_text_NULL_look_different_and_numbers_stand_right()
    {
        using var answered = await demo.Browser.PostAsync("/sql", ("sql", "SELECT 7 AS n, CAST(NULL AS varchar) AS missing, 'NULL' AS text, '' AS nothing"));
        var page = await answered.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains(
            "<td class=\"number\"><bdi>7</bdi></td><td><span class=\"missing\">NULL<span class=\"unseen\"> (missing)</span></span></td>"
                + "<td><bdi>NULL</bdi></td><td><bdi></bdi></td>",
            page,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_a_thousand_rows_and_says_that_there_are_more()
    {
        using var more = await demo.Browser.PostAsync("/sql", ("sql", "SELECT n FROM UNNEST(sequence(1, 1001)) AS t(n)"));
        using var all = await demo.Browser.PostAsync("/sql", ("sql", "SELECT n FROM UNNEST(sequence(1, 1000)) AS t(n)"));
        var (cut, whole) = (await more.Content.ReadAsStringAsync(Cancellation), await all.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal(1000, cut.Split("<td class=\"number\">").Length - 1);
        Assert.Contains("The first 1,000 rows", cut, StringComparison.Ordinal);
        Assert.Contains("There are more rows than are shown", cut, StringComparison.Ordinal);
        Assert.Contains(">1,000 rows<", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("There are more rows", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_text_is_cut_on_the_page_and_rows_of_long_texts_are_fewer()
    {
        using var answered = await demo.Browser.PostAsync(
            "/sql", ("sql", "SELECT lpad('', 5000, 'é') AS a, lpad('', 5000, 'é') AS b, lpad('', 5000, 'é') AS c FROM UNNEST(sequence(1, 1000)) AS t(n)"));
        var page = await answered.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("5,000 characters", page, StringComparison.Ordinal);
        Assert.Contains("There are more rows than are shown", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 2_000_000, 3_000_000);
    }

    [Theory]
    [InlineData("0 ascending", "ascending", "1|2|10|NULL")]
    [InlineData("0 descending", "descending", "10|2|1|NULL")]
    [InlineData("1 ascending", "ascending", "10|2|1|NULL")]
    public async Task Without_script_a_heading_asks_again_for_the_rows_in_its_order(string order, string direction, string expected)
    {
        const string Rows = "SELECT * FROM (VALUES (2, 'b'), (CAST(NULL AS integer), 'd'), (10, 'a'), (1, 'c')) AS t(number, letter)";
        using var answered = await demo.Browser.PostAsync("/sql", ("sql", Rows), ("order", order));
        var page = await answered.Content.ReadAsStringAsync(Cancellation);

        var cells = Regex.Matches(
            page, "<td class=\"number\">(<bdi>|<span class=\"missing\">)(?<text>[^<]*)<", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.Equal(expected, string.Join('|', cells.Select(cell => cell.Groups["text"].Value)));
        Assert.Contains($"aria-sort=\"{direction}\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1 AS a,\r\n  FROM", "line 2")]
    [InlineData("SELECT\r\nnothing_of_that_name FROM songs", null)]
    public async Task A_refusal_stands_beside_the_statement_which_is_kept(string sql, string? place)
    {
        using var refused = await demo.Browser.PostAsync("/sql", ("sql", sql));
        var page = await refused.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"keys fault\"", page, StringComparison.Ordinal);
        Assert.Equal(sql.ReplaceLineEndings("\n"), Statement(page));
        if (place is not null)
        {
            Assert.Contains($"Not answered: {place}, character ", page, StringComparison.Ordinal);
            Assert.Contains("data-line=\"2\"", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("DELETE FROM songs")]
    [InlineData("CREATE TABLE t AS SELECT 1 AS a")]
    [InlineData("DROP VIEW top_songs")]
    [InlineData("COPY (SELECT 1) TO 'file.csv'")]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("ATTACH 'other.db'")]
    [InlineData("SET memory_limit = '1GB'")]
    [InlineData("")]
    public async Task What_does_more_than_read_the_tables_is_refused_on_the_page_and_as_a_file(string sql)
    {
        using var asked = await demo.Browser.PostAsync("/sql", ("sql", sql));
        using var downloaded = await demo.Browser.PostAsync("/sql/download", ("sql", sql), ("format", "csv"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (asked.StatusCode, downloaded.StatusCode));
        Assert.Null(downloaded.Content.Headers.ContentDisposition);
        Assert.Contains("Not answered", await downloaded.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_values_are_text_whatever_is_in_them()
    {
        const string Hostile =
            "SELECT '<script>alert(1)</script>' AS \"<img src=x onerror=alert(2)>\", chr(8238) || 'turned' AS turning, chr(7) || 'bell' AS control";
        using var answered = await demo.Browser.PostAsync("/sql", ("sql", Hostile));
        var page = await answered.Content.ReadAsStringAsync(Cancellation);

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>&lt;img src=x onerror=alert(2)&gt;</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>\uFFFDturned</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>\u2407bell</bdi>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sql")]
    [InlineData("/sql/download")]
    [InlineData("/sql/download/outcome")]
    [InlineData("/sql/download/cancel")]
    [InlineData("/tables/songs")]
    public async Task A_form_of_another_site_asks_nothing(string path)
    {
        foreach (var origin in (string?[])[null, "https://evil.example", "null"])
        {
            using var refused = await demo.Browser.PostFromAsync(origin, path, ("sql", "SELECT 1 AS a"), ("format", "csv"), ("ask", "rows"));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    private static string Statement(string page) =>
        page.Split("<textarea")[1].Split('>', 2)[1].Split("</textarea>")[0].Replace("&#xA;", "\n", StringComparison.Ordinal).TrimStart('\n');
}
