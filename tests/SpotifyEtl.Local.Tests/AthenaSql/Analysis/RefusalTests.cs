using SpotifyEtl.Errors;
using SpotifyEtl.Local.Tests.Catalog;

namespace SpotifyEtl.Local.Tests.AthenaSql.Analysis;

/// <summary>What a statement cannot mean is told before it runs, in Trino's words, and where it stands.</summary>
public sealed class RefusalTests(CrawledLake lake) : IClassFixture<CrawledLake>
{
    [Theory]
    [InlineData("SELECT nope FROM songs", "line 1:8: Column 'nope' cannot be resolved")]
    [InlineData("SELECT song_nam FROM songs", "line 1:8: Column 'song_nam' cannot be resolved. Did you mean 'song_name'?")]
    [InlineData("SELECT s.nope FROM songs s", "line 1:8: Column 's.nope' cannot be resolved")]
    [InlineData("SELECT songs.song_id FROM songs s", "line 1:8: Column 'songs.song_id' cannot be resolved")]
    [InlineData("SELECT song_id FROM songs, song_data", "line 1:8: Column 'song_id' is ambiguous")]
    [InlineData("SELECT x FROM (SELECT 1 AS x, 2 AS x)", "line 1:8: Column 'x' is ambiguous")]
    [InlineData("SELECT * FROM nowhere", "line 1:15: There is no table or view 'nowhere'. There are albums,")]
    [InlineData("SELECT * FROM sngs", "line 1:15: There is no table or view 'sngs'. Did you mean 'songs'?")]
    [InlineData("SELECT * FROM other.songs", "line 1:15: other.songs is not allowed.")]
    [InlineData("SELECT t.* FROM songs", "line 1:8: Unable to resolve reference t")]
    [InlineData("SELECT *", "line 1:8: SELECT * not allowed in queries without FROM clause")]
    [InlineData("SELECT 1 = 'a'", "line 1:10: Cannot apply operator: integer = varchar")]
    [InlineData("SELECT 1 + 'a'", "line 1:10: Cannot apply operator: integer + varchar")]
    [InlineData("SELECT DATE '2024-01-01' = '2024-01-01'", "line 1:26: Cannot apply operator: date = varchar")]
    [InlineData("SELECT MAP() < MAP()", "Cannot apply operator: map(unknown, unknown) < map(unknown, unknown)")]
    [InlineData("SELECT current_timestamp EXCEPT SELECT current_timestamp", "EXCEPT of timestamps with time zone is not offered here: take CAST(")]
    [InlineData("SELECT array_agg(DISTINCT current_timestamp)", "array_agg of DISTINCT timestamps with time zone is not offered here")]
    [InlineData("SELECT (1, current_timestamp) = (1, current_timestamp)", "A comparison of row(integer, timestamp(3) with time zone) is not offered here")]
    [InlineData("SELECT 1 || 'a'", "line 1:10: Cannot apply operator: integer || varchar(1). CAST(… AS varchar) makes text of a number.")]
    [InlineData("SELECT -'a'", "line 1:8: Cannot negate varchar(1)")]
    [InlineData(
        "SELECT popularity + 1 FROM song_data",
        "Cannot apply operator: varchar + integer. popularity is text, as all columns of tables in CSV are: TRY_CAST(popularity AS integer), or ask the typed "
            + "table songs.")]
    [InlineData("SELECT * FROM song_data WHERE popularity > 40", "TRY_CAST(popularity AS integer), or ask the typed table songs.")]
    [InlineData("SELECT * FROM (SELECT extracted_at AS x FROM song_data) t WHERE x > TIMESTAMP '2024-01-01 00:00:00'", "TRY_CAST(x AS timestamp(0))")]
    [InlineData("SELECT sum(popularity) FROM song_data", "Unexpected parameters (varchar) for function sum. Expected: sum(")]
    [InlineData("SELECT sum(popularity) FROM song_data", "or ask the typed table songs.")]
    [InlineData("SELECT * FROM song_data WHERE popularity IN (1, 2)", "IN value and list items must be the same type: varchar and integer. popularity is text")]
    [InlineData("SELECT nofunction(1)", "line 1:8: Function 'nofunction' not registered.")]
    [InlineData("SELECT uper('a')", "line 1:8: Function 'uper' not registered. Did you mean 'upper'?")]
    [InlineData("SELECT abs('a')", "line 1:8: Unexpected parameters (varchar(1)) for function abs. Expected: abs(")]
    [InlineData("SELECT transform(ARRAY[1], x -> x || 'a')", "Cannot apply operator: integer || varchar(1)")]
    [InlineData("SELECT x -> x", "line 1:10: Lambda expression should always be used inside a function")]
    [InlineData("SELECT CAST(ARRAY[1] AS integer)", "line 1:8: Cannot cast array(integer) to integer")]
    [InlineData("SELECT CAST(1 AS string)", "line 1:18: Unknown type: string. Text is varchar.")]
    [InlineData("SELECT CAST(1 AS decimal(39, 0))", "DECIMAL precision must be in range [1, 38]: 39")]
    [InlineData("SELECT CAST('x' AS timestamp(9))", "timestamp(9) is not offered here: at most 6 digits of a second.")]
    [InlineData("SELECT DATE '2024-02-30'", "line 1:8: '2024-02-30' is not a valid DATE literal")]
    [InlineData("SELECT TIMESTAMP '2024-01-01 00:00:00 Nowhere/Land'", "line 1:8: 'Nowhere/Land' is not a valid time zone")]
    [InlineData("SELECT 9223372036854775808", "line 1:8: Invalid numeric literal: 9223372036854775808")]
    [InlineData("SELECT INTERVAL 'x' DAY", "Invalid INTERVAL DAY value: x")]
    [InlineData("SELECT CASE WHEN true THEN 1 ELSE 'a' END", "line 1:8: All CASE results must be the same type: integer, varchar(1)")]
    [InlineData("SELECT coalesce(1, 'a')", "All COALESCE operands must be the same type: integer, varchar(1)")]
    [InlineData("SELECT if(1, 2)", "IF condition must evaluate to a boolean: actual type integer")]
    [InlineData("SELECT 1 WHERE 1", "line 1:16: WHERE clause must evaluate to a boolean: actual type integer")]
    [InlineData("SELECT 1 WHERE true AND 1", "Logical expression term of AND must evaluate to a boolean: actual type integer")]
    [InlineData("VALUES (1, 2), 3", "line 1:16: Values rows have mismatched sizes: 2 vs 1")]
    [InlineData("VALUES 1, 'a'", "Values rows have mismatched types: integer vs varchar(1)")]
    [InlineData("SELECT 1 UNION SELECT 1, 2", "line 1:10: UNION query has different number of fields: 1, 2")]
    [InlineData("SELECT 1 UNION SELECT 'a'", "line 1:10: column 1 in UNION query has incompatible types: integer, varchar(1)")]
    [InlineData("SELECT song_id, count(*) FROM songs", "line 1:8: 'song_id' must be an aggregate expression or appear in GROUP BY clause")]
    [InlineData("SELECT s.song_name FROM songs s GROUP BY song_id", "line 1:8: 's.song_name' must be an aggregate expression or appear in GROUP BY clause")]
    [InlineData("SELECT song_id AS x FROM songs GROUP BY x", "line 1:41: Column 'x' cannot be resolved")]
    [InlineData("SELECT song_id FROM songs GROUP BY 1 ORDER BY song_name", "line 1:47: 'song_name' must be an aggregate expression")]
    [InlineData("SELECT song_id FROM songs GROUP BY 2", "line 1:36: GROUP BY position 2 is not in select list")]
    [InlineData("SELECT song_id FROM songs ORDER BY 2", "line 1:36: ORDER BY position 2 is not in select list")]
    [InlineData("SELECT DISTINCT song_id FROM songs ORDER BY song_name", "line 1:45: For SELECT DISTINCT, ORDER BY expressions must appear in select list")]
    [InlineData(
        "SELECT 1 FROM songs WHERE count(*) > 1",
        "line 1:27: WHERE clause cannot contain aggregations, window functions or grouping operations: [count]")]
    [InlineData("SELECT 1 FROM songs GROUP BY count(*)", "GROUP BY clause cannot contain aggregations")]
    [InlineData("SELECT sum(count(*)) FROM songs", "line 1:12: Aggregate function sum cannot contain aggregations")]
    [InlineData("SELECT 1 FROM songs WHERE rank() OVER (ORDER BY song_id) = 1", "WHERE clause cannot contain window functions: [rank]")]
    [InlineData("SELECT row_number() FROM songs", "line 1:8: Window function 'row_number' must have an OVER clause")]
    [InlineData("SELECT rank() OVER w FROM songs", "line 1:20: Cannot resolve WINDOW name w")]
    [InlineData("SELECT upper(DISTINCT 'a')", "line 1:8: 'upper' is not an aggregate function")]
    [InlineData("SELECT (SELECT 1, 2) + 1", "Cannot apply operator: row(integer, integer) + integer")]
    [InlineData("SELECT 1 IN (SELECT 1, 2)", "Multiple columns returned by subquery are not yet supported. Found 2")]
    [InlineData("SELECT 1 IN (SELECT 'a')", "Cannot apply operator: integer IN varchar")]
    [InlineData("SELECT * FROM songs JOIN artists USING (song_id)", "line 1:21: Column 'song_id' is missing from right side of join")]
    [InlineData("SELECT * FROM songs CROSS JOIN UNNEST(song_name)", "line 1:39: Cannot unnest type: varchar")]
    [InlineData("SELECT * FROM (VALUES 1) t(a, b)", "Column alias list has 2 entries but 't' has 1 columns available")]
    [InlineData("WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a", "line 1:23: WITH query name 'a' specified more than once")]
    [InlineData("SELECT ROW(1, 2).x", "Column 'x' cannot be resolved: the row has fields without names, fields without names")]
    [InlineData("SELECT song_id.x FROM songs", "Expression is not of type ROW: varchar has no field 'x'")]
    [InlineData("SELECT MAP(ARRAY['a'], ARRAY[1])[1]", "Cannot use integer for subscript of map(varchar(1), integer)")]
    [InlineData("SELECT try(sum(1))", "TRY of sum is not offered here: compute it in a query in FROM, and try its result.")]
    [InlineData("SELECT song_id FROM songs FETCH FIRST 0 ROWS ONLY", "FETCH FIRST row count must be positive")]
    [InlineData(
        "SELECT listagg(song_id, ',' ON OVERFLOW TRUNCATE '…' WITH COUNT) WITHIN GROUP (ORDER BY song_id) FROM songs",
        "ON OVERFLOW TRUNCATE is not offered")]
    public async Task A_statement_that_means_nothing_is_refused(string sql, string message)
    {
        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => lake.Queries.RowsAsync(sql));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Null(failure.InnerException);
    }

    [Theory]
    [InlineData("1 / 0", "Division by zero")]
    [InlineData("5 % 0", "Division by zero")]
    [InlineData("1.5 / 0", "Division by zero")]
    [InlineData("9223372036854775807 + 1", "bigint addition overflow: 9223372036854775807 + 1")]
    [InlineData("2147483647 + 1", "integer addition overflow: 2147483647 + 1")]
    [InlineData("CAST(2147483648 AS integer)", "Out of range for integer: 2147483648")]
    [InlineData("CAST(123.456 AS decimal(4, 2))", "Cannot cast '123.456' to DECIMAL(4, 2)")]
    [InlineData("CAST('x' AS integer)", "Cannot cast 'x' to INT")]
    [InlineData("CAST(' 1' AS bigint)", "Cannot cast ' 1' to BIGINT")]
    [InlineData("CAST('1.5' AS integer)", "Cannot cast '1.5' to INT")]
    [InlineData("CAST('x' AS double)", "Cannot cast 'x' to DOUBLE")]
    [InlineData("CAST('maybe' AS boolean)", "Cannot cast 'maybe' to BOOLEAN")]
    [InlineData("CAST('2024-13-01' AS date)", "Value cannot be cast to date: 2024-13-01")]
    [InlineData("CAST('2024-05-15T10:00:00' AS timestamp)", "Value cannot be cast to timestamp: 2024-05-15T10:00:00")]
    [InlineData("CAST(nan() AS integer)", "Cannot cast double")]
    [InlineData("CAST(JSON '[1]' AS varchar)", "Cannot cast '[1]' to varchar")]
    [InlineData("CAST(JSON '{\"a\": \"x\"}' AS map(varchar, integer))", "Cannot cast '\"x\"' to integer")]
    [InlineData("ARRAY[1, 2][5]", "Array subscript must be less than or equal to array length: 5 > 2")]
    [InlineData("ARRAY[1, 2][0]", "SQL array indices start at 1")]
    [InlineData("ARRAY[1, 2][-1]", "Array subscript is negative: -1")]
    [InlineData("MAP(ARRAY['a'], ARRAY[1])['b']", "Key not present in map: b")]
    [InlineData("DATE '2024-01-31' + INTERVAL '1' HOUR", "Cannot add hour, minutes or seconds to a date")]
    [InlineData("(SELECT x FROM (VALUES 1, 2) t(x))", "Scalar sub-query has returned multiple rows")]
    [InlineData("transform(ARRAY[1, 0], x -> 1 / x)", "Division by zero")]
    public async Task A_value_that_cannot_be_computed_fails_with_Trinos_words(string expression, string message)
    {
        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => lake.Queries.RowsAsync($"SELECT {expression}"));

        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }
}
