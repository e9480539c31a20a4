using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>Athena's SQL gives here what Trino's documentation, or its definition there, says that it gives.</summary>
public sealed class TrinoSqlTests(CrawledLake lake) : IClassFixture<CrawledLake>
{
    [Theory]
    [InlineData("date_format(timestamp '2022-10-20 05:10:00', '%m-%d-%Y %H')", "10-20-2022 05")]
    [InlineData("date_format(timestamp '2022-01-09 15:04:05.678', '%a %b %c %d %e %f %H %h %I %i %j')", "Sun Jan 1 09 9 678000 15 03 03 04 009")]
    [InlineData(
        "date_format(timestamp '2022-01-09 05:04:05', '%k %l %M %m %p %r %S %s %T %W %Y %y %%i')",
        "5 5 January 01 AM 05:04:05 AM 05 05 05:04:05 Sunday 2022 22 %i")]
    [InlineData("date_format(timestamp '2021-01-03 00:00:00', '%x-%v')", "2020-53")]
    [InlineData("date_format(date '2024-05-15', '%Y/%m')", "2024/05")]
    [InlineData("date_format(from_iso8601_timestamp('2024-05-15T10:00:00+02:00'), '%H:%i')", "10:00")]
    [InlineData("date_parse('2022/10/20/05', '%Y/%m/%d/%H')", "2022-10-20 05:00:00.000")]
    [InlineData("date_parse('2024-05-15 10:04:09', '%Y-%m-%d %H:%i:%s')", "2024-05-15 10:04:09.000")]
    [InlineData("date_parse('5 January 2024 3:04:05 PM', '%e %M %Y %r')", "2024-01-05 15:04:05.000")]
    [InlineData("date_parse(NULL, '%Y')", null)]
    [InlineData("from_iso8601_timestamp('2020-05-11')", "2020-05-11 00:00:00.000 UTC")]
    [InlineData("from_iso8601_timestamp('2020-05-11T11:15:05')", "2020-05-11 11:15:05.000 UTC")]
    [InlineData("from_iso8601_timestamp('2020-05-11T11:15:05.055+01:00')", "2020-05-11 11:15:05.055 +01:00")]
    [InlineData("from_iso8601_timestamp('2020-05-11T11:15:05Z')", "2020-05-11 11:15:05.000 UTC")]
    [InlineData("from_iso8601_timestamp('20200511T111505Z')", "2020-05-11 11:15:05.000 UTC")]
    [InlineData("from_iso8601_date('2020-05-11')", "2020-05-11")]
    [InlineData("from_iso8601_date('2020-W10')", "2020-03-02")]
    [InlineData("from_iso8601_date('2020-W10-7')", "2020-03-08")]
    [InlineData("from_iso8601_date('2020-123')", "2020-05-02")]
    [InlineData("to_iso8601(date '2024-05-15')", "2024-05-15")]
    [InlineData("to_iso8601(timestamp '2024-05-15 10:00:00.5')", "2024-05-15T10:00:00.500")]
    [InlineData("to_iso8601(from_unixtime(0))", "1970-01-01T00:00:00.000Z")]
    [InlineData("to_unixtime(timestamp '2024-05-15 10:00:00.5')", "1.7157672005E9")]
    [InlineData("to_unixtime(from_unixtime(1.5))", "1.5")]
    [InlineData("from_unixtime(1617256617)", "2021-04-01 05:56:57.000 UTC")]
    [InlineData("date_diff('second', timestamp '2020-03-01 00:00:00', timestamp '2020-03-02 00:00:00')", "86400")]
    [InlineData("date_diff('hour', timestamp '2020-03-01 00:00:00', timestamp '2020-03-02 00:00:00')", "24")]
    [InlineData("date_diff('hour', timestamp '2020-03-01 00:00:59', timestamp '2020-03-02 00:00:00')", "23")]
    [InlineData("date_diff('day', date '2020-03-01', date '2020-03-02')", "1")]
    [InlineData("date_diff('month', date '2020-01-31', date '2020-02-15')", "0")]
    [InlineData("date_add('second', 86, timestamp '2020-03-01 00:00:00')", "2020-03-01 00:01:26.000")]
    [InlineData("date_add('hour', 9, timestamp '2020-03-01 00:00:00')", "2020-03-01 09:00:00.000")]
    [InlineData("date_add('day', -1, timestamp '2020-03-01 00:00:00')", "2020-02-29 00:00:00.000")]
    [InlineData("date_add('month', 1, date '2024-01-31')", "2024-02-29")]
    [InlineData("date_add('quarter', 1, date '2024-01-31')", "2024-04-30")]
    [InlineData("date_add('week', 2, date '2024-01-01')", "2024-01-15")]
    [InlineData("date_trunc('month', date '2024-05-15')", "2024-05-01")]
    [InlineData("date_trunc('hour', timestamp '2022-10-20 05:10:00')", "2022-10-20 05:00:00.000")]
    [InlineData("day_of_week(date '2024-05-12')", "7")]
    [InlineData("day_of_month(date '2024-05-12')", "12")]
    [InlineData("day_of_year(date '2024-02-01')", "32")]
    [InlineData("year_of_week(date '2021-01-03')", "2020")]
    [InlineData("year(date '2024-05-12') * 100 + month(date '2024-05-12')", "202405")]
    [InlineData("date('2024-05-12') + interval '1' day > timestamp '2024-05-12 12:00:00'", "true")]
    public Task Dates_and_times(string expression, string? expected) => IsAsync(expression, expected);

    [Theory]
    [InlineData(@"regexp_like('1a 2b 14m', '\d+b')", "true")]
    [InlineData(@"regexp_extract('1a 2b 14m', '\d+')", "1")]
    [InlineData("regexp_extract('1a 2b 14m', '(\\d+)([a-z]+)', 2)", "a")]
    [InlineData(@"regexp_extract('abc', '\d+')", null)]
    [InlineData(@"regexp_extract_all('1a 2b 14m', '\d+')", "[1, 2, 14]")]
    [InlineData(@"regexp_replace('1a 2b 14m', '\d+[ab] ')", "14m")]
    [InlineData(@"regexp_replace('1a 2b 14m', '(\d+)([ab]) ', '3c$2 ')", "3ca 3cb 14m")]
    [InlineData(@"regexp_split('1a 2b 14m', '\s*[a-z]+\s*')", "[1, 2, 14, ]")]
    [InlineData("split_part('a,b,c', ',', 2)", "b")]
    [InlineData("split_part('a,b,c', ',', 4)", null)]
    [InlineData("split('a,b', ',')", "[a, b]")]
    [InlineData("levenshtein_distance('kitten', 'sitting')", "3")]
    [InlineData("strpos('abc', 'c')", "3")]
    [InlineData("substr('2024-05-15', 1, 4)", "2024")]
    [InlineData("lpad('7', 3, '0')", "007")]
    [InlineData("length('Ünï')", "3")]
    [InlineData("'a' || NULL", null)]
    public Task Text(string expression, string? expected) => IsAsync(expression, expected);

    [Theory]
    [InlineData("array_join(ARRAY['a', NULL, 'b'], ', ')", "a, b")]
    [InlineData("array_join(ARRAY[1, NULL, 2], '-', '?')", "1-?-2")]
    [InlineData("cardinality(ARRAY[1, 2, NULL])", "3")]
    [InlineData("cardinality(MAP(ARRAY['a', 'b'], ARRAY[1, 2]))", "2")]
    [InlineData("cardinality(NULL)", null)]
    [InlineData("element_at(ARRAY[1, 2], -1)", "2")]
    [InlineData("element_at(ARRAY[1, 2], 5)", null)]
    [InlineData("element_at(MAP(ARRAY['a'], ARRAY[5]), 'a')", "5")]
    [InlineData("element_at(MAP(ARRAY['a'], ARRAY[5]), 'z')", null)]
    [InlineData("array_max(ARRAY[1, 3, 2])", "3")]
    [InlineData("array_min(ARRAY[1, 3, 2])", "1")]
    [InlineData("array_sort(array_distinct(ARRAY[2, 1, 2]))", "[1, 2]")]
    [InlineData("contains(ARRAY[1, 2], 2)", "true")]
    [InlineData("sequence(1, 7, 2)", "[1, 3, 5, 7]")]
    [InlineData("slice(ARRAY[1, 2, 3, 4], 2, 2)", "[2, 3]")]
    [InlineData("flatten(ARRAY[ARRAY[1], ARRAY[2, 3]])", "[1, 2, 3]")]
    public Task Arrays_and_maps(string expression, string? expected) => IsAsync(expression, expected);

    [Theory]
    [InlineData("json_extract_scalar('[1, 2, 3]', '$[2]')", "3")]
    [InlineData("json_extract_scalar('{\"store\":{\"book\":\"x\"}}', '$.store.book')", "x")]
    [InlineData("json_extract_scalar('{\"store\":{\"book\":\"x\"}}', '$.store')", null)]
    [InlineData("json_extract_scalar('{}', '$.a')", null)]
    [InlineData("json_extract('{\"a\":[1,2]}', '$.a')", "[1,2]")]
    [InlineData("json_array_length('[1, 2, 3]')", "3")]
    [InlineData("json_format(json_parse('[1]'))", "[1]")]
    [InlineData("7 / 2", "3")]
    [InlineData("7 % 4", "3")]
    [InlineData("7 / 2e0", "3.5")]
    [InlineData("truncate(1.75)", "1")]
    [InlineData("TRY_CAST('x' AS integer)", null)]
    [InlineData("TRY_CAST('' AS integer)", null)]
    [InlineData("TRY(CAST('x' AS bigint))", null)]
    [InlineData("CAST(3 AS varchar)", "3")]
    [InlineData("rand() < 1", "true")]
    [InlineData("if(1 > 2, 'a', 'b')", "b")]
    public Task Json_numbers_and_casts(string expression, string? expected) => IsAsync(expression, expected);

    [Theory]
    [InlineData("approx_distinct(x)", "3")]
    [InlineData("approx_distinct(x, 0.01)", "3")]
    [InlineData("approx_percentile(x, 0.5)", "2")]
    [InlineData("approx_percentile(x, ARRAY[0.01, 0.99])", "[1, 3]")]
    [InlineData("arbitrary(CASE WHEN x = 3 THEN 'three' END)", "three")]
    [InlineData("every(x > 0)", "true")]
    [InlineData("every(x > 1)", "false")]
    [InlineData("count_if(x > 1)", "2")]
    [InlineData("max_by(y, x)", "c")]
    [InlineData("array_agg(y ORDER BY x DESC)", "[c, b, a]")]
    [InlineData("array_join(array_agg(y ORDER BY x), ', ')", "a, b, c")]
    [InlineData("map_agg(x, y)", "{3=c, 1=a, 2=b}")]
    [InlineData("avg(x)", "2.0")]
    [InlineData("sum(x)", "6")]
    public Task Aggregates(string expression, string expected) => IsAsync($"{expression} FROM (VALUES (3, 'c'), (1, 'a'), (2, 'b')) t(x, y)", expected);

    [Theory]
    [InlineData("SELECT x FROM (VALUES (1), (2), (3)) t(x) ORDER BY x DESC OFFSET 1 LIMIT 1", "2")]
    [InlineData("SELECT x FROM (VALUES (1), (2), (3)) t(x) ORDER BY x FETCH FIRST 2 ROWS ONLY", "1\n2")]
    [InlineData("SELECT x FROM (VALUES (2), (NULL), (1)) t(x) ORDER BY x DESC", "2\n1\nNULL")]
    [InlineData("SELECT t.x, u.y FROM (VALUES (1)) t(x) CROSS JOIN UNNEST(ARRAY['a', 'b']) AS u(y)", "1|a\n1|b")]
    [InlineData("SELECT a, n FROM UNNEST(ARRAY['x', 'y']) WITH ORDINALITY AS t(a, n)", "x|1\ny|2")]
    [InlineData("SELECT x, count(*) FROM (VALUES ('a'), ('b'), ('a')) t(x) GROUP BY 1 HAVING count(*) > 1", "a|2")]
    [InlineData("SELECT x, sum(y) FROM (VALUES ('a', 1), ('b', 2)) t(x, y) GROUP BY ROLLUP (x) ORDER BY x", "a|1\nb|2\nNULL|3")]
    [InlineData("SELECT x FROM (VALUES (1), (2)) t(x) EXCEPT SELECT 1", "2")]
    public async Task Statements(string sql, string expected) => Assert.Equal(expected, await lake.Queries.LinesAsync(sql));

    [Fact]
    public async Task Show_tables_lists_tables_records_and_named_queries() => Assert.Equal(
        string.Join(
            '\n',
            Table.All.SelectMany(table => new[] { table.CatalogName, table.TypedName })
                .Concat(LatestView.All.Select(view => view.Name))
                .Concat(NamedQueries.All.Where(query => query.IsView).Select(query => query.Name))
                .Concat(["files", "runs"])
                .Order(StringComparer.Ordinal)),
        await lake.Queries.LinesAsync("SHOW TABLES"));

    private async Task IsAsync(string expression, string? expected) => Assert.Equal(expected, await lake.Queries.ValueAsync($"SELECT {expression}"));
}
