using SpotifyEtl.Local.Tests.Catalog;

namespace SpotifyEtl.Local.Tests.AthenaSql.Analysis;

/// <summary>Queries give Trino's rows.</summary>
public sealed class QueryTests(CrawledLake lake) : IClassFixture<CrawledLake>
{
    [Theory]
    [InlineData("SELECT t, count(*) FROM {0} GROUP BY t", "2024-01-01 11:00:00.000 +01:00|2")]
    [InlineData("SELECT * FROM {0} GROUP BY t", "2024-01-01 11:00:00.000 +01:00")]
    [InlineData("SELECT t, grouping(t), count(*) FROM {0} GROUP BY ROLLUP (t) ORDER BY 2", "2024-01-01 11:00:00.000 +01:00|0|2\nNULL|1|2")]
    [InlineData("SELECT date_trunc('hour', t), count(*) FROM {0} GROUP BY t HAVING t > TIMESTAMP '2024-01-01 09:00:00'", "2024-01-01 11:00:00.000 +01:00|2")]
    [InlineData("SELECT count(*) FROM (SELECT DISTINCT t, 1 FROM {0} ORDER BY t)", "1")]
    [InlineData("SELECT count(*) FROM (SELECT t FROM {0} UNION SELECT TIMESTAMP '2024-01-01 10:00:00 UTC')", "1")]
    [InlineData("SELECT count(*) FROM (SELECT t FROM {0} UNION ALL SELECT TIMESTAMP '2024-01-01 10:00:00 UTC')", "3")]
    [InlineData("SELECT count(DISTINCT t), count(t), max(t) = min(t) FROM {0}", "1|2|true")]
    [InlineData("SELECT count(*) FROM {0} JOIN (VALUES TIMESTAMP '2024-01-01 12:00:00 +02:00') AS u(t) USING (t)", "2")]
    [InlineData("SELECT count(*) OVER (PARTITION BY t) FROM {0} LIMIT 1", "2")]
    public async Task An_instant_is_one_in_whatever_zone_it_is_shown(string sql, string expected) => Assert.Equal(
        expected,
        await lake.Queries.LinesAsync(sql.Replace(
            "{0}", "(VALUES TIMESTAMP '2024-01-01 10:00:00 UTC', TIMESTAMP '2024-01-01 11:00:00 +01:00') AS v(t)", StringComparison.Ordinal)));

    [Theory]
    [InlineData("SELECT x FROM (VALUES 2, NULL, 1) t(x) ORDER BY x", "1\n2\nNULL")]
    [InlineData("SELECT x FROM (VALUES 2, NULL, 1) t(x) ORDER BY x DESC", "2\n1\nNULL")]
    [InlineData("SELECT x FROM (VALUES 2, NULL, 1) t(x) ORDER BY x DESC NULLS FIRST", "NULL\n2\n1")]
    [InlineData("SELECT x FROM (VALUES 1, 2, 3) t(x) ORDER BY -x OFFSET 1 LIMIT 1", "2")]
    [InlineData("SELECT x FROM (VALUES 1, 2, 3) t(x) ORDER BY x OFFSET 1 ROW FETCH NEXT ROW ONLY", "2")]
    [InlineData("SELECT x FROM (VALUES 1, 2, 2, 3) t(x) ORDER BY x FETCH FIRST 2 ROWS WITH TIES", "1\n2\n2")]
    [InlineData("SELECT x FROM (VALUES 1, 2, 2, 3) t(x) ORDER BY x % 2, x OFFSET 1 FETCH FIRST 1 ROW WITH TIES", "2")]
    [InlineData("SELECT -x AS x FROM (VALUES 1, 2) t(x) ORDER BY x", "-2\n-1")]
    [InlineData("SELECT x AS y FROM (VALUES 1, 2) t(x) ORDER BY y + x DESC", "2\n1")]
    [InlineData("SELECT DISTINCT x FROM (VALUES 2, 1, 2) t(x) ORDER BY x", "1\n2")]
    [InlineData("SELECT x, count(*) FROM (VALUES 'a', 'b', 'a') t(x) GROUP BY x HAVING count(*) > 1 ORDER BY count(*)", "a|2")]
    [InlineData("SELECT x % 2, sum(x) FROM (VALUES 1, 2, 3) t(x) GROUP BY x % 2 ORDER BY 1", "0|2\n1|4")]
    [InlineData("SELECT x % 2 + 1 FROM (VALUES 1, 2, 3) t(x) GROUP BY 1 ORDER BY 1", "1\n2")]
    [InlineData("SELECT upper(x), max(y) + 1 FROM (VALUES ('a', 1), ('A', 2)) t(x, y) GROUP BY upper(x)", "A|3")]
    [InlineData("SELECT 5, count(*) FROM (VALUES 1, 2) t(x) GROUP BY 5 + 0", "5|2")]
    [InlineData("SELECT count(*) FROM (VALUES 1) t(x) WHERE x > 1", "0")]
    [InlineData("SELECT count(*) FROM (VALUES 1) t(x) WHERE x > 1 GROUP BY ()", "0")]
    [InlineData("SELECT x, sum(y) FROM (VALUES ('a', 1), ('b', 2)) t(x, y) GROUP BY ROLLUP (x) ORDER BY x", "a|1\nb|2\nNULL|3")]
    [InlineData(
        "SELECT a, b, grouping(a, b), count(*) FROM (VALUES (1, 2), (1, 3)) t(a, b) GROUP BY GROUPING SETS ((a, b), (a), ()) ORDER BY 1, 2",
        "1|2|0|1\n1|3|0|1\n1|NULL|1|2\nNULL|NULL|3|2")]
    [InlineData("SELECT a, count(*) FROM (VALUES 1, 2) t(a) GROUP BY CUBE (a) ORDER BY a", "1|1\n2|1\nNULL|2")]
    [InlineData("SELECT sum(x) FILTER (WHERE x > 1), count(DISTINCT x), array_agg(x ORDER BY x DESC) FROM (VALUES 1, 2, 2) t(x)", "4|2|[2, 2, 1]")]
    [InlineData("SELECT listagg(x, '-') WITHIN GROUP (ORDER BY x DESC) FROM (VALUES 'a', 'c', 'b') t(x)", "c-b-a")]
    [InlineData("SELECT x, lag(x) IGNORE NULLS OVER (ORDER BY y) FROM (VALUES (1, 1), (NULL, 2), (3, 3)) t(x, y) ORDER BY y", "1|NULL\nNULL|1\n3|1")]
    [InlineData("SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2, 3) t(x) ORDER BY x", "1|1\n2|3\n3|5")]
    [InlineData(
        "SELECT x, rank() OVER w, count(*) OVER (w RANGE UNBOUNDED PRECEDING) FROM (VALUES 1, 2, 2) t(x) WINDOW w AS (ORDER BY x) ORDER BY x",
        "1|1|1\n2|2|3\n2|2|3")]
    [InlineData("SELECT x, sum(count(*)) OVER () FROM (VALUES 1, 2, 2) t(x) GROUP BY x ORDER BY x", "1|3\n2|3")]
    [InlineData(
        "SELECT d, count(*) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM (VALUES DATE '2024-01-01', DATE '2024-01-02', "
            + "DATE '2024-01-05') t(d) ORDER BY d",
        "2024-01-01|1\n2024-01-02|2\n2024-01-05|1")]
    [InlineData("SELECT a.x, b.y FROM (VALUES 1, 2) a(x) LEFT JOIN (VALUES (2, 'b')) b(x, y) ON a.x = b.x ORDER BY 1", "1|NULL\n2|b")]
    [InlineData("SELECT * FROM (VALUES (1, 'a')) a(k, x) FULL JOIN (VALUES (2, 'b')) b(k, y) USING (k) ORDER BY k", "1|a|NULL\n2|NULL|b")]
    [InlineData("SELECT * FROM (VALUES (1, 'a')) a(k, x) NATURAL JOIN (VALUES (1, 'b')) b(k, y)", "1|a|b")]
    [InlineData("SELECT a.*, b.y FROM (VALUES 1) a(x), (VALUES 2) b(y)", "1|2")]
    [InlineData("SELECT x FROM (VALUES 1) a(x) JOIN (VALUES 1) b(y) JOIN (VALUES 1) c(z) ON y = z ON x = y", "1")]
    [InlineData(
        "SELECT n, a FROM (VALUES (ARRAY[2, 5], ARRAY['dog', 'cat', 'bird'])) x(ns, ans) CROSS JOIN UNNEST(ns, ans) AS t(n, a)",
        "2|dog\n5|cat\nNULL|bird")]
    [InlineData("SELECT x, y FROM (VALUES (1, ARRAY['a']), (2, ARRAY[]), (3, NULL)) t(x, a) LEFT JOIN UNNEST(a) AS u(y) ON true", "1|a\n2|NULL\n3|NULL")]
    [InlineData("SELECT k, v, n FROM (VALUES MAP(ARRAY['a', 'b'], ARRAY[1, 2])) t(m) CROSS JOIN UNNEST(m) WITH ORDINALITY AS u(k, v, n)", "a|1|1\nb|2|2")]
    [InlineData("SELECT a, b FROM UNNEST(ARRAY[ROW(1, 'x'), ROW(2, 'y')]) AS t(a, b)", "1|x\n2|y")]
    [InlineData("SELECT animal, n FROM UNNEST(CAST(ARRAY[ROW('cat', 1)] AS array(row(animal varchar, n integer))))", "cat|1")]
    [InlineData("SELECT x, (SELECT sum(y) FROM UNNEST(a) u(y)) FROM (VALUES (1, ARRAY[1, 2]), (2, ARRAY[3])) t(x, a)", "1|3\n2|3")]
    [InlineData("SELECT x, y FROM UNNEST(ARRAY[1, 2]) t(x), UNNEST(ARRAY['a', 'b']) u(y) ORDER BY 1, 2", "1|a\n1|b\n2|a\n2|b")]
    [InlineData("SELECT x, y FROM (VALUES 1, 2) t(x) CROSS JOIN LATERAL (SELECT x * 2 AS y) u ORDER BY 1", "1|2\n2|4")]
    [InlineData("SELECT x FROM (VALUES 1, 2) t(x) WHERE EXISTS (SELECT 1 FROM (VALUES 2) u(y) WHERE y = x)", "2")]
    [InlineData("SELECT x, (SELECT max(y) FROM (VALUES 1, 5) u(y) WHERE y > x) FROM (VALUES 1, 9) t(x) ORDER BY 1", "1|5\n9|NULL")]
    [InlineData("SELECT x FROM (VALUES 1, 2) t(x) WHERE x NOT IN (SELECT y FROM (VALUES 2) u(y))", "1")]
    [InlineData("SELECT (SELECT 1, 'a')", "{field0=1, field1=a}")]
    [InlineData("SELECT 1 UNION SELECT 2.5 ORDER BY 1", "1.0\n2.5")]
    [InlineData("SELECT 1 UNION ALL SELECT NULL ORDER BY 1", "1\nNULL")]
    [InlineData("(SELECT 1 ORDER BY 1 LIMIT 1) UNION ALL (VALUES 2) ORDER BY 1 DESC", "2\n1")]
    [InlineData("SELECT 1 UNION ALL SELECT 2 EXCEPT SELECT 2", "1")]
    [InlineData("SELECT 1 UNION ALL SELECT 2 INTERSECT SELECT 3", "1")]
    [InlineData("WITH a AS (SELECT 1 AS x), b (y) AS (SELECT x + 1 FROM a) SELECT a.x, b.y FROM a, b", "1|2")]
    [InlineData("WITH a AS (SELECT 1 AS x) SELECT * FROM (WITH a AS (SELECT 2 AS x) SELECT * FROM a) t, a", "2|1")]
    [InlineData("WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 4) SELECT sum(n) FROM t", "10")]
    [InlineData("SELECT SONG_ID FROM SONGS WHERE \"Song_Id\" = 'x'", "")]
    [InlineData("SELECT songs.song_id, spotify_database.songs.song_id, \"AwsDataCatalog\".spotify_database.songs.song_id FROM songs", "")]
    [InlineData("SELECT x.\"select\", x.\"a\"\"b\" FROM (VALUES (1, 2)) x(\"select\", \"a\"\"b\")", "1|2")]
    [InlineData("SHOW DATABASES", "spotify_database")]
    [InlineData("SHOW SCHEMAS LIKE 'x%'", "")]
    [InlineData("SHOW TABLES 'song*data|totals'", "song_artist_data\nsong_data\ntotals")]
    [InlineData("SHOW TABLES IN spotify_database LIKE 'song\\_d%' ESCAPE '\\'", "song_data")]
    [InlineData("SHOW VIEWS 'top_songs'", "top_songs")]
    [InlineData("SHOW COLUMNS IN rejects", "raw_file\nitem_index\nreason\ndetail\nmonth")]
    [InlineData("DESCRIBE totals", "playlists|bigint|\nsongs|bigint|\nartists|bigint|\nalbums|bigint|")]
    [InlineData("SELECT table_type FROM information_schema.tables WHERE table_name IN ('songs', 'totals') ORDER BY 1", "BASE TABLE\nVIEW")]
    [InlineData("SELECT data_type FROM information_schema.columns WHERE table_name = 'songs' AND column_name IN ('popularity', 'song_added') ORDER BY 1",
        "integer\ntimestamp(3)")]
    public async Task Rows_are_Trinos(string sql, string expected) => Assert.Equal(expected, await lake.Queries.LinesAsync(sql));
}
