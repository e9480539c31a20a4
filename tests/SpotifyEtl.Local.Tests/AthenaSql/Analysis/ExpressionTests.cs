using SpotifyEtl.Local.Tests.Catalog;

namespace SpotifyEtl.Local.Tests.AthenaSql.Analysis;

/// <summary>Expressions have Trino's types and values.</summary>
public sealed class ExpressionTests(CrawledLake lake) : IClassFixture<CrawledLake>
{
    [Theory]
    [InlineData("7 / 2, -7 / 2, -7 % 2", "3|-3|-1")]
    [InlineData("7 / 2e0, 1e0 / 0, -1e0 / 0, 0e0 / 0", "3.5|Infinity|-Infinity|NaN")]
    [InlineData("5e0 % 0, 5.5e0 % 2", "NaN|1.5")]
    [InlineData(
        "typeof(1), typeof(2147483648), typeof(1.50), typeof(1e0), typeof('abc'), typeof(NULL)",
        "integer|bigint|decimal(3,2)|double|varchar(3)|unknown")]
    [InlineData("typeof(TINYINT '1' + SMALLINT '1'), typeof(1 + BIGINT '1'), typeof(1 + 1.5), typeof(1 + 1e0)", "smallint|bigint|decimal(12,1)|double")]
    [InlineData("1.0 / 3, 1.00 / 3, 10 / 3.0, -2.0 / 3", "0.3|0.33|3.3|-0.7")]
    [InlineData("1.5 * 2.25, 1.5 + 2, 7.5 % 2, 1.25 - 1", "3.375|3.5|1.5|0.25")]
    [InlineData("typeof(DECIMAL '1.10' + DECIMAL '1.1'), typeof(DECIMAL '1.10' * DECIMAL '1.1')", "decimal(4,2)|decimal(5,3)")]
    [InlineData("typeof(DECIMAL '1.10' / DECIMAL '1.1'), typeof(DECIMAL '1.10' % DECIMAL '1.1')", "decimal(4,2)|decimal(3,2)")]
    [InlineData("12345678901234567890123456789.5 / 0.5", "24691357802469135780246913579.0")]
    [InlineData("CAST(2.5e0 AS integer), CAST(-2.5e0 AS integer), CAST(2.5 AS integer), CAST(3.5e0 AS bigint)", "3|-3|3|4")]
    [InlineData("CAST(0.125 AS decimal(3, 2)), CAST('1.005' AS decimal(3, 2)), CAST('1e2' AS decimal(5, 1))", "0.13|1.01|100.0")]
    [InlineData("CAST('+12' AS integer), CAST(' 1e3 ' AS double), CAST('t' AS boolean), CAST('0' AS boolean)", "12|1000.0|true|false")]
    [InlineData("CAST(1.50 AS varchar), CAST(1e10 AS varchar), CAST(REAL '0.1' AS varchar), CAST(true AS varchar)", "1.50|1.0E10|1.0E-1|true")]
    [InlineData(
        "CAST(10e0 AS varchar), CAST(0e0 AS varchar), CAST(-0.25e0 AS varchar), CAST(123456.789e0 AS varchar), CAST(nan() AS varchar)",
        "1.0E1|0E0|-2.5E-1|1.23456789E5|NaN")]
    [InlineData("CAST(REAL '123456789' AS varchar), array_join(ARRAY[1.5e0, NULL, 2e0], ','), format('%s', 0.1e0)", "1.234568E8|1.5E0,2.0E0|0.1")]
    [InlineData("CAST('abc' AS varchar(2)), CAST('a' AS char(3)) || '|', CAST('a' AS char(3)) = CAST('a' AS char(5))", "ab|a  ||true")]
    [InlineData("TRY_CAST('x' AS integer), TRY_CAST('' AS bigint), TRY_CAST('x' AS date), TRY_CAST(ARRAY['1', 'x'] AS array(integer))", "NULL|NULL|NULL|NULL")]
    [InlineData("TRY(1 / 0), TRY(ARRAY[1][2]), TRY(CAST('x' AS timestamp)), TRY(2147483647 + 1), TRY(5)", "NULL|NULL|NULL|NULL|5")]
    [InlineData("CAST(ARRAY['1', '2'] AS array(integer)), CAST(MAP(ARRAY['1'], ARRAY['2']) AS map(integer, double))", "[1, 2]|{1=2.0}")]
    [InlineData("CAST(ROW(1, '2') AS ROW(a varchar, b integer)), CAST(ROW(1, 2) AS ROW(a integer, b integer)).b", "{a=1, b=2}|2")]
    [InlineData("CAST(JSON '[1, 2, null]' AS array(integer)), CAST(JSON '{\"a\": 1.5}' AS map(varchar, double))", "[1, 2, null]|{a=1.5}")]
    [InlineData(
        "CAST(JSON '{\"b\": \"x\", \"a\": 1}' AS ROW(a integer, b varchar)), CAST(JSON '[7, \"y\"]' AS ROW(a integer, b varchar))",
        "{a=1, b=x}|{a=7, b=y}")]
    [InlineData("CAST(JSON '\"x\"' AS varchar), CAST(JSON 'null' AS integer), CAST(JSON '1.6' AS bigint), CAST(JSON 'true' AS boolean)", "x|NULL|2|true")]
    [InlineData("CAST('a\"b' AS JSON), CAST(1.50 AS JSON), CAST(ARRAY[1, NULL] AS JSON), CAST(NULL AS JSON)", "\"a\\\"b\"|1.50|[1,null]|NULL")]
    [InlineData("CAST(MAP(ARRAY['b', 'a'], ARRAY[1, 2]) AS JSON), CAST(CAST(ROW(1, DATE '2024-01-01') AS ROW(x integer, y date)) AS JSON)",
        "{\"a\":2,\"b\":1}|{\"x\":1,\"y\":\"2024-01-01\"}")]
    [InlineData("'a' LIKE 'A', 'a%' LIKE 'a\\%', 'a%' LIKE 'a\\%' ESCAPE '\\', 'abc' LIKE '_b%', 'abc' NOT LIKE 'b%'", "false|false|true|true|true")]
    [InlineData("1 IN (1, 2), 3 NOT IN (1, NULL), 1 = 1.0, 1 < 1.5, 2 BETWEEN 1 AND 3, 2 NOT BETWEEN 1 AND 3", "true|NULL|true|true|true|false")]
    [InlineData("NULL IS NULL, NULL = NULL, NULL IS DISTINCT FROM NULL, 1 IS NOT DISTINCT FROM 1", "true|NULL|false|true")]
    [InlineData("nan() = nan(), nan() <> nan(), nan() > 1, infinity() > 1", "false|true|false|true")]
    [InlineData("1 = ANY (VALUES 1, 2), 1 < ALL (VALUES 2, 3), 5 > SOME (SELECT 9)", "true|true|false")]
    [InlineData("(1, 2) IN (VALUES (1, 2), (3, 4)), ROW(1, 2) = ROW(1, 2), ARRAY[1, 2] < ARRAY[1, 3]", "true|true|true")]
    [InlineData("if(1 > 2, 'a'), if(true, 1, 2.5), coalesce(NULL, 2), nullif(1, 1), nullif(1, 2)", "NULL|1.0|2|NULL|1")]
    [InlineData("CASE 1 WHEN 1 THEN 'x' END, CASE WHEN false THEN 1 END, CASE 1.0 WHEN 1 THEN 'same' END", "x|NULL|same")]
    [InlineData("'a' || 'b', 'a' || NULL, ARRAY[1] || ARRAY[2], ARRAY[1] || 2, X'61' || X'62'", "ab|NULL|[1, 2]|[1, 2]|61 62")]
    [InlineData("ARRAY[1, 2.5], ARRAY[1, NULL], ARRAY['a', 'bc'][2], MAP(ARRAY[1], ARRAY['x'])[1]", "[1.0, 2.5]|[1, null]|bc|x")]
    [InlineData(
        "DATE '2024-01-31' + INTERVAL '1' MONTH, DATE '2024-01-31' - INTERVAL '1' DAY, INTERVAL '1' YEAR + DATE '2024-02-29'",
        "2024-02-29|2024-01-30|2025-02-28")]
    [InlineData(
        "TIMESTAMP '2024-01-31 10:00:00' + INTERVAL '1' HOUR, TIMESTAMP '2024-01-31 10:00:00' + INTERVAL '1' MONTH",
        "2024-01-31 11:00:00.000|2024-02-29 10:00:00.000")]
    [InlineData("DATE '2024-02-01' - DATE '2024-01-01', TIMESTAMP '2024-01-02 00:00:00' - DATE '2024-01-01', TIME '01:00:00' - TIME '00:30:00'",
        "31 00:00:00.000|1 00:00:00.000|0 00:30:00.000")]
    [InlineData(
        "INTERVAL '2' DAY * 3, INTERVAL '1' YEAR / 2, INTERVAL '1' YEAR + INTERVAL '2' MONTH, -INTERVAL '1' HOUR",
        "6 00:00:00.000|0-6|1-2|-0 01:00:00.000")]
    [InlineData("INTERVAL '30' DAY = INTERVAL '720' HOUR, INTERVAL '29' DAY < INTERVAL '30' DAY, INTERVAL '12' MONTH = INTERVAL '1' YEAR", "true|true|true")]
    [InlineData("TIME '23:30:00' + INTERVAL '1' HOUR, INTERVAL '2 03:04:05.678' DAY TO SECOND", "00:30:00.000|2 03:04:05.678")]
    [InlineData("TIMESTAMP '2012-10-31 01:00 UTC' AT TIME ZONE 'America/Los_Angeles'", "2012-10-30 18:00:00.000 America/Los_Angeles")]
    [InlineData("TIMESTAMP '2020-01-01 00:00:00' AT TIME ZONE '+02:00'", "2020-01-01 02:00:00.000 +02:00")]
    [InlineData(
        "TIMESTAMP '2020-01-01 00:00:00 +01:00' = TIMESTAMP '2019-12-31 23:00:00 UTC', TIMESTAMP '2020-01-01 00:00:00' = TIMESTAMP '2020-01-01 00:00:00 UTC'",
        "true|true")]
    [InlineData("CAST(TIMESTAMP '2020-01-01 00:30:00 Europe/Berlin' AS date), CAST(TIMESTAMP '2020-01-01 00:30:00 Europe/Berlin' AS timestamp)",
        "2020-01-01|2020-01-01 00:30:00.000")]
    [InlineData("TIMESTAMP '2024-03-30 02:30:00 Europe/Berlin' + INTERVAL '1' DAY, TIMESTAMP '2024-01-31 00:00:00 Europe/Berlin' + INTERVAL '6' MONTH",
        "2024-03-31 03:30:00.000 Europe/Berlin|2024-07-31 00:00:00.000 Europe/Berlin")]
    [InlineData("CAST('2020-05-10 12:34:56.9996' AS timestamp), CAST(TIMESTAMP '2020-05-10 12:34:56.5' AS timestamp(0)), CAST('2020-5-1' AS date)",
        "2020-05-10 12:34:57.000|2020-05-10 12:34:57.000|2020-05-01")]
    [InlineData("CAST(TIMESTAMP '2020-05-10 12:34:56.123' AS varchar), CAST(DATE '2020-05-10' AS varchar), CAST(TIME '01:02:03.456' AS varchar)",
        "2020-05-10 12:34:56.123|2020-05-10|01:02:03.456")]
    [InlineData("CAST('2020-05-10 12:00 Europe/Berlin' AS timestamp with time zone), CAST(TIMESTAMP '2020-05-10 12:00:00 Europe/Berlin' AS varchar)",
        "2020-05-10 12:00:00.000 Europe/Berlin|2020-05-10 12:00:00 Europe/Berlin")]
    [InlineData("EXTRACT(year FROM DATE '2024-05-12'), POSITION('l' IN 'hello'), SUBSTRING('hello' FROM 2 FOR 3), TRIM(BOTH 'x' FROM 'xax')", "2024|3|ell|a")]
    [InlineData("current_date = CAST(current_timestamp AS date), localtimestamp <= current_timestamp", "true|true")]
    [InlineData("transform(ARRAY[1, 2], x -> x * 2), filter(ARRAY[1, 2], x -> x > 1), reduce(ARRAY[1, 2], 0, (s, x) -> s + x, s -> s)", "[2, 4]|[2]|3")]
    [InlineData("transform(ARRAY[ARRAY[1, 2]], a -> transform(a, x -> x + cardinality(a)))", "[[3, 4]]")]
    public async Task Values_are_Trinos(string expressions, string expected) => Assert.Equal(expected, await lake.Queries.LinesAsync($"SELECT {expressions}"));

    [Fact]
    public async Task Expressions_without_a_name_are_called_for_their_place()
    {
        var result = await lake.Queries.QueryAsync(
            "SELECT 1, song_id, s.song_name, popularity + 1 AS more, count(*) OVER () FROM songs s", TestContext.Current.CancellationToken);
        await foreach (var row in result.Rows)
        {
            Assert.Equal(5, row.Count);
        }

        Assert.Equal(["_col0", "song_id", "song_name", "more", "_col4"], result.Columns.Select(column => column.Name));
    }
}
