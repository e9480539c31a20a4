using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Tests.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

public sealed class DuckDbQueriesTests : IDisposable
{
    private readonly LakeFixture _lake = new();
    private readonly DuckDbQueries _queries;

    public DuckDbQueriesTests() => _queries = new DuckDbQueries(_lake.Lake);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_query_before_any_crawl_says_what_to_run()
    {
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t", "raw.json"]);

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => _queries.QueryAsync("SELECT 1", Cancellation));

        Assert.Contains("no catalog yet", failure.Message, StringComparison.Ordinal);
        Assert.Contains("spotify-etl run", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("artist_data")]
    [InlineData("spotify_database.artist_data")]
    [InlineData("\"AwsDataCatalog\".\"spotify_database\".\"artist_data\"")]
    [InlineData("awsdatacatalog.spotify_database.ARTIST_DATA")]
    public async Task Tables_go_by_every_name_that_Athena_knows(string name)
    {
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t", "raw.json"]);
        await _lake.CrawlAsync();

        Assert.Equal("1|One|u|t|raw.json", await _queries.LinesAsync($"SELECT * FROM {name}"));
    }

    [Fact]
    public async Task The_database_bears_the_name_that_is_set()
    {
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t", "raw.json"]);
        await _lake.CrawlAsync();
        var queries = new DuckDbQueries(_lake.Lake, "my \"own\"-database");

        Assert.Equal("One", await queries.ValueAsync("SELECT artist_name FROM \"AwsDataCatalog\".\"my \"\"own\"\"-database\".artist_data"));
        await Assert.ThrowsAsync<PermanentEtlException>(() => queries.ValueAsync("SELECT artist_name FROM spotify_database.artist_data"));
    }

    [Fact]
    public async Task Every_column_is_text_and_a_missing_value_is_empty()
    {
        _lake.Put(Table.Artist, "a", ["007", "1.50", "", "2024-05-15", "raw.json"]);
        await _lake.CrawlAsync();

        Assert.Equal(
            "007|1.50||2024-05-15|raw.json|varchar varchar varchar varchar",
            await _queries.LinesAsync(
                "SELECT *, typeof(artist_id) || ' ' || typeof(artist_name) || ' ' || typeof(external_url) || ' ' || typeof(extracted_at) FROM artist_data"));
    }

    [Fact]
    public async Task Fields_with_commas_quotes_and_any_script_come_back_as_they_were()
    {
        string[] names = ["Comma, \"quote\" and 'more'", "音楽 🎵 Ünï", "ends in \\", "NULL", " spaces "];
        _lake.Put(Table.Artist, "a", [.. names.Select((name, index) => new[] { $"{index}", name, "u", "t" })]);
        await _lake.CrawlAsync();

        Assert.Equal(names, (await _queries.RowsAsync("SELECT artist_name FROM artist_data ORDER BY artist_id")).Select(row => row[0]!).ToArray());
    }

    [Fact]
    public async Task A_path_is_taken_by_the_letter()
    {
        string[] stems = ["it's", "[a]", "a", "x*", "xyz", "q?", "qq", "{a,b}", "a b", "a%20b", "**"];
        foreach (var stem in stems)
        {
            _lake.Put(Table.Artist, stem, [stem, "One", "u", "t"]);
        }

        await _lake.CrawlAsync();

        Assert.Equal(
            stems.Order(StringComparer.Ordinal).ToList(),
            (await _queries.RowsAsync("SELECT artist_id FROM artist_data ORDER BY artist_id")).Select(row => row[0]!).ToList());
    }

    [Theory]
    [InlineData("la[k]e")]
    [InlineData("la*ke?")]
    [InlineData("it's a lake")]
    public async Task The_lakes_own_path_is_taken_by_the_letter_too(string folder)
    {
        var path = _lake.Put(Table.Artist, "a", ["1", "One", "u", "t", "raw.json"]);
        var lake = new FolderLake(_lake.PathOf(folder));
        await lake.PrepareAsync(Cancellation);
        Directory.Move(_lake.PathOf("transformed_data"), _lake.PathOf($"{folder}/transformed_data"));
        await using var crawlers = new FolderCrawlers(lake, TimeProvider.System);
        await crawlers.StartAsync(CatalogOptions.CrawlerOf(Table.Artist), full: true, Cancellation);
        await LakeFixture.EndOfCrawlAsync(crawlers, Table.Artist);

        Assert.False(File.Exists(path));
        Assert.Equal("One", await new DuckDbQueries(lake).ValueAsync("SELECT artist_name FROM artist_data"));
    }

    [Fact]
    public async Task A_lake_behind_a_link_answers_as_well()
    {
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t", "raw.json"]);
        await _lake.CrawlAsync();
        using var elsewhere = new TemporaryFolder();
        Directory.CreateSymbolicLink(elsewhere.File("link"), _lake.Lake.Root);

        Assert.Equal("One", await new DuckDbQueries(new FolderLake(elsewhere.File("link"))).ValueAsync("SELECT artist_name FROM artist_data"));
    }

    [Fact]
    public async Task A_table_without_files_is_empty_and_has_its_columns()
    {
        await _lake.CrawlAsync();

        var result = await _queries.QueryAsync("SELECT * FROM rejected_data WHERE reason = 'episode'", Cancellation);

        Assert.Equal(Table.Rejected.Columns, result.Columns.Select(column => column.Name).ToArray());
        Assert.Equal("0", await _queries.ValueAsync("SELECT count(*) FROM rejected_data"));
    }

    [Fact]
    public async Task A_query_sees_what_the_last_crawl_saw()
    {
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t", "raw.json"]);
        await _lake.CrawlAsync();
        _lake.Put(Table.Artist, "b", ["2", "Two", "u", "t"]);

        var before = await _queries.ValueAsync("SELECT count(*) FROM artist_data");
        await _lake.CrawlAsync(Table.Artist);

        Assert.Equal("1", before);
        Assert.Equal("2", await _queries.ValueAsync("SELECT count(*) FROM artist_data"));
    }

    [Fact]
    public async Task A_file_of_an_earlier_version_lacks_columns_and_is_read_beside_others()
    {
        _lake.Put(Table.Artist, "new", ["2", "Two", "u", "t", "raw.json"]);
        var old = _lake.Put(Table.Artist, "old");
        await File.WriteAllTextAsync(old, "artist_id,artist_name,external_url,extracted_at\n1,One,u,t\n", Cancellation);
        await _lake.CrawlAsync();

        Assert.Equal("1|NULL\n2|raw.json", await _queries.LinesAsync("SELECT artist_id, raw_file FROM artist_data ORDER BY artist_id"));
    }

    [Fact]
    public async Task A_file_deleted_since_the_crawl_is_left_out()
    {
        File.Delete(await CrawledFileAsync("a"));
        Assert.Equal("0", await _queries.ValueAsync("SELECT count(*) FROM artist_data"));
    }

    [Fact]
    public async Task A_file_spoilt_since_the_crawl_is_named_by_its_key()
    {
        await File.WriteAllTextAsync(await CrawledFileAsync("a"), "artist_id,artist_name,external_url,extracted_at,raw_file\n1,2\n", Cancellation);

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => _queries.RowsAsync("SELECT * FROM artist_data"));

        Assert.Contains("CSV Error on Line: 2", failure.Message, StringComparison.Ordinal);
        Assert.Contains("transformed_data/artist_data/artist_transformed_a.csv", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_lake.Lake.Root, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ignore_errors", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/hostname')")]
    [InlineData("SELECT * FROM read_text('/etc/hostname')")]
    [InlineData("SELECT * FROM read_blob('/etc/passwd')")]
    [InlineData("SELECT * FROM '/etc/hosts.csv'")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("SELECT * FROM read_csv('https://example.com/x.csv')")]
    [InlineData("SELECT * FROM read_text('{lake}/../outside.txt')")]
    [InlineData("SELECT * FROM read_text('{lake}-sibling/outside.txt')")]
    [InlineData("COPY (SELECT 1) TO '/tmp/spotify-etl-test.csv'")]
    [InlineData("COPY (SELECT 1) TO '{lake}/transformed_data/x.csv'")]
    [InlineData("COPY artist_data FROM '{lake}/x.csv'")]
    [InlineData("ATTACH '/tmp/spotify-etl-test.db'")]
    [InlineData("ATTACH '{lake}/x.db'")]
    [InlineData("EXPORT DATABASE '{lake}/x'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET lock_configuration = false")]
    [InlineData("PRAGMA database_list")]
    [InlineData("CALL pragma_version()")]
    [InlineData("EXPLAIN ANALYZE COPY (SELECT 1) TO '{lake}/x.csv'")]
    [InlineData("CREATE TABLE t AS SELECT 1")]
    [InlineData("DROP VIEW artist_data")]
    [InlineData("INSERT INTO artist_data VALUES ('1', '2', '3', '4')")]
    [InlineData("SELECT 1; COPY (SELECT 1) TO '{lake}/x.csv'")]
    [InlineData("SELECT 1) TO '{lake}/x.csv'; --")]
    [InlineData("WITH x AS (INSERT INTO artist_data VALUES ('1', '2', '3', '4') RETURNING 1) SELECT * FROM x")]
    [InlineData("SELECT * FROM query('COPY (SELECT 1) TO ''{lake}/x.csv''')")]
    public async Task Nothing_but_the_lake_is_read_and_nothing_is_written(string sql)
    {
        await _lake.CrawlAsync();
        Directory.CreateDirectory(_lake.Lake.Root + "-sibling");
        try
        {
            await File.WriteAllTextAsync(_lake.Lake.Root + "-sibling/outside.txt", "outside", Cancellation);
            var before = Directory.GetFileSystemEntries(_lake.Lake.Root, "*", SearchOption.AllDirectories);

            await Assert.ThrowsAsync<PermanentEtlException>(() => _queries.RowsAsync(sql.Replace("{lake}", _lake.Lake.Root, StringComparison.Ordinal)));

            Assert.Equal(before, Directory.GetFileSystemEntries(_lake.Lake.Root, "*", SearchOption.AllDirectories));
            Assert.Empty(Directory.GetFiles("/tmp", "spotify-etl-test.*"));
        }
        finally
        {
            Directory.Delete(_lake.Lake.Root + "-sibling", recursive: true);
        }
    }

    [Theory]
    [InlineData("", "The query is empty.")]
    [InlineData("-- nothing but a comment", "The query is empty.")]
    [InlineData("SELECT 1; SELECT 2", "2 statements")]
    [InlineData("DELETE FROM artist_data", "Only queries run here")]
    [InlineData("SELECT 'é',\n  nope nope nope", "line 2:13: mismatched input 'nope'")]
    [InlineData("SELEC 1", "line 1:1: mismatched input 'SELEC'")]
    [InlineData("SELECT nope FROM artist_data", "line 1:8: Column 'nope' cannot be resolved")]
    [InlineData("SELECT * FROM tunes", "There is no table or view 'tunes'. There are albums, artists, songs,")]
    [InlineData("SELECT * FROM songs_latst", "There is no table or view 'songs_latst'. Did you mean 'songs_latest'?")]
    [InlineData("SELECT CAST('x' AS integer)", "Cannot cast 'x' to INT")]
    public async Task A_refusal_gives_the_reason(string sql, string reason)
    {
        await _lake.CrawlAsync();

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => _queries.RowsAsync(sql));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_late_in_the_rows_is_permanent_too()
    {
        await _lake.CrawlAsync();
        const string Sql = """
            SELECT CASE WHEN a.n < 300 THEN 1 ELSE CAST('x' || CAST(b.n AS varchar) AS integer) END
            FROM UNNEST(sequence(0, 399)) a(n) CROSS JOIN UNNEST(sequence(0, 999)) b(n)
            """;
        var result = await _queries.QueryAsync(Sql, Cancellation);
        var rows = 0;

        await Assert.ThrowsAsync<PermanentEtlException>(async () =>
        {
            await foreach (var row in result.Rows)
            {
                rows += row.Count;
            }
        });

        Assert.True(rows > 0, "rows come as they are read, not when all are there");
    }

    [Theory]
    [InlineData("SELECT 1;")]
    [InlineData(" -- a comment\nSELECT 1 -- and another")]
    [InlineData("VALUES (1)")]
    [InlineData("WITH x AS (SELECT 1) SELECT * FROM x")]
    public async Task One_statement_may_wear_semicolons_and_comments(string sql)
    {
        await _lake.CrawlAsync();

        Assert.Equal("1", await _queries.ValueAsync(sql));
    }

    [Fact]
    public async Task Rows_stream_and_a_reader_may_leave_early()
    {
        await _lake.CrawlAsync();
        var result = await _queries.QueryAsync(ManyRows.Sql, Cancellation);
        var read = new List<string?>();

        await foreach (var row in result.Rows)
        {
            read.Add(row[0]);
            if (read.Count == 5000)
            {
                break;
            }
        }

        Assert.Equal(5000, read.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Rows_are_read_once()
    {
        await _lake.CrawlAsync();
        var result = await _queries.QueryAsync("SELECT 1", Cancellation);
        await foreach (var row in result.Rows)
        {
            Assert.Equal("1", row[0]);
        }

        Assert.Throws<InvalidOperationException>(() => result.Rows.GetAsyncEnumerator(Cancellation));
    }

    [Fact]
    public async Task A_cancellation_interrupts_a_query_that_computes()
    {
        await _lake.CrawlAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        cancel.CancelAfter(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _queries.QueryAsync($"SELECT sum(n % 7) FROM ({ManyRows.Sql})", cancel.Token));
    }

    [Fact]
    public async Task A_cancellation_interrupts_the_reading_of_rows()
    {
        await _lake.CrawlAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var result = await _queries.QueryAsync(ManyRows.Sql, Cancellation);
        var read = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var row in result.Rows.WithCancellation(cancel.Token))
            {
                Assert.Single(row);
                if (++read == 10_000)
                {
                    await cancel.CancelAsync();
                }
            }
        });
    }

    [Fact]
    public async Task Queries_run_side_by_side()
    {
        await CrawledFileAsync("a");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _queries.ValueAsync("SELECT artist_name FROM artist_data")));

        Assert.All(answers, answer => Assert.Equal("One", answer));
    }

    [Fact]
    public async Task A_thousand_files_a_table_answer()
    {
        var rows = Enumerable.Range(0, 100).Select(row => Enumerable.Repeat($"value {row}", Table.Song.Columns.Count).ToArray()).ToArray();
        for (var i = 0; i < 1000; i++)
        {
            _lake.Put(Table.Song, $"{i:D4}", rows);
        }

        await _lake.CrawlAsync();
        var count = await _queries.ValueAsync("SELECT count(*) FROM song_data");
        var newest = await _queries.ValueAsync(
            "SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC) AS n FROM song_data) WHERE n = 1");

        Assert.Equal("100000", count);
        Assert.Equal("100", newest);
    }

    private async Task<string> CrawledFileAsync(string stem)
    {
        var path = _lake.Put(Table.Artist, stem, ["1", "One", "u", "t", "raw.json"]);
        await _lake.CrawlAsync();
        return path;
    }
}
