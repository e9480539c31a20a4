using FsCheck.Xunit;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.Syntax;

namespace SpotifyEtl.Local.Tests.AthenaSql.Syntax;

public sealed class ExpressionParserTests
{
    [Property(MaxTest = 500)]
    public void What_is_written_with_the_fewest_parentheses_is_read_as_it_was_meant(int seed)
    {
        var state = (uint)seed;
        var expression = new AnyExpression(below => (int)(((state = (state * 1_664_525) + 1_013_904_223) >> 8) % below)).Next(5);

        Assert.Equal(Shape.Of(expression), Shape.Parsed(AnyExpression.Sql(expression)));
    }

    [Theory]
    [InlineData("1 + 2 * 3", "[+ 1 [* 2 3]]")]
    [InlineData("1 - 2 - 3", "[- [- 1 2] 3]")]
    [InlineData("-a * b", "[* [- a] b]")]
    [InlineData("a || b + c", "[|| a [+ b c]]")]
    [InlineData("a OR b AND NOT c = d", "[or a [and b [not [= c d]]]]")]
    [InlineData("NOT a IS NOT NULL", "[not [not [null? a]]]")]
    [InlineData("a NOT BETWEEN 1 AND 2 AND b", "[and [not [between a 1 2]] b]")]
    [InlineData("a != ALL (SELECT 1)", "[<> all a]")]
    [InlineData("a = SOME (SELECT 1)", "[= any a]")]
    [InlineData("a IN ((SELECT 1), 2)", "[in a query 2]")]
    [InlineData("a IN (SELECT 1)", "[in a query]")]
    [InlineData("((SELECT 1) + 2)", "[+ query 2]")]
    [InlineData("((SELECT 1))", "query")]
    [InlineData("(1, 2)", "[row 1 2]")]
    [InlineData("x -> x + 1", "[x -> [+ x 1]]")]
    [InlineData("(x, y) -> x", "[x,y -> x]")]
    [InlineData("a.b[1].c", "[at a.b 1].c")]
    [InlineData("- TIMESTAMP '2024-01-01' AT TIME ZONE 'UTC'", "[- [zone [timestamp 2024-01-01] 'UTC']]")]
    [InlineData("INTERVAL '2' DAY", "[interval 2 DAY]")]
    [InlineData("INTERVAL -'3-1' YEAR TO MONTH", "[interval -3-1 YEAR to MONTH]")]
    [InlineData("U&'\\0041\\+01F600\\\\'", "'A😀\\'")]
    [InlineData("U&'#0041' UESCAPE '#'", "'A'")]
    [InlineData("x'41 0a'", "x410A")]
    [InlineData("'it''s'", "'it's'")]
    [InlineData(".5", ".5")]
    [InlineData("1E-3", "1E-3")]
    [InlineData("1_000", "1000")]
    [InlineData("BIGINT '7'", "[bigint 7]")]
    [InlineData("DOUBLE PRECISION '7'", "[double 7]")]
    [InlineData("CAST(a AS row(x array(integer), decimal(10, 2), timestamp(6) with time zone))",
        "[cast a row(x:array(integer),decimal(10,2),timestamp with time zone(6))]")]
    [InlineData("TRY_CAST(a AS map<varchar, double precision>)", "[try_cast a map(varchar,double)]")]
    [InlineData("EXTRACT(dow FROM a)", "[day_of_week a]")]
    [InlineData("POSITION('b' IN a)", "[strpos a 'b']")]
    [InlineData("SUBSTRING(a FROM 2 FOR 3)", "[substring a 2 3]")]
    [InlineData("TRIM(LEADING 'x' FROM a)", "[ltrim a 'x']")]
    [InlineData("TRIM(a)", "[trim a]")]
    [InlineData("count(*)", "[count * ]")]
    [InlineData("count(DISTINCT a) FILTER (WHERE b)", "[count distinct a where b]")]
    [InlineData("array_agg(a ORDER BY b DESC NULLS FIRST, c)", "[array_agg a by b desc first by c]")]
    [InlineData("listagg(a, ',') WITHIN GROUP (ORDER BY a)", "[listagg a ',' by a]")]
    [InlineData("lag(a) IGNORE NULLS OVER (PARTITION BY b ORDER BY c ROWS 1 PRECEDING)", "[lag a ignore over]")]
    [InlineData("sum(a) OVER w", "[sum a over]")]
    [InlineData("CASE a WHEN 1 THEN 'x' ELSE 'y' END", "[case a 1:'x' 'y']")]
    [InlineData("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP")]
    [InlineData("\"$path\"", "$path")]
    [InlineData("date", "date")]
    [InlineData("date(a)", "[date a]")]
    [InlineData("year", "year")]
    [InlineData("array", "array")]
    [InlineData("ARRAY[]", "[array ]")]
    public void Expressions_are_read_with_their_precedence(string sql, string shape) => Assert.Equal(shape, Shape.Parsed(sql));

    [Theory]
    [InlineData("SELECT a = b = c", "line 1:14: mismatched input '='. Expecting: ','")]
    [InlineData("SELECT 1 +", "line 1:11: mismatched input <EOF>. Expecting: <expression>")]
    [InlineData("SELECT\n  (1", "line 2:5: mismatched input <EOF>. Expecting: ')'")]
    [InlineData("SELECT '😀', 'x", "line 1:13: The text has no end")]
    [InlineData("SELECT \"x", "line 1:8: The quoted name has no end")]
    [InlineData("SELECT /* x", "line 1:8: The comment has no end")]
    [InlineData("SELECT `a`", "line 1:8: backquoted identifiers are not supported")]
    [InlineData("SELECT 1a", "line 1:8: identifiers must not start with a digit")]
    [InlineData("SELECT X'4'", "line 1:8: Binary literal must contain an even number of digits")]
    [InlineData("SELECT U&'\\00'", "Incomplete or invalid escape sequence")]
    [InlineData("SELECT ?", "line 1:8: Parameters (?) are not supported here")]
    [InlineData("SELECT json_value(a, 'lax $.b')", "line 1:8: JSON_VALUE is not offered here")]
    [InlineData("SELECT a FROM t TABLESAMPLE BERNOULLI (10)", "line 1:17: TABLESAMPLE is not offered here")]
    [InlineData("SELECT a FROM t FOR VERSION AS OF 1", "line 1:17: FOR TIMESTAMP and FOR VERSION are not offered here")]
    [InlineData("SELECT a FROM t ORDER BY a LIMIT x", "line 1:34: mismatched input 'x'. Expecting: <integer>")]
    [InlineData("SELECT a FROM t FETCH FIRST 2 ROWS WITH TIES", "FETCH FIRST WITH TIES clause requires ORDER BY")]
    [InlineData("SELECT CASE END", "line 1:13: mismatched input 'END'. Expecting: <expression>")]
    [InlineData("SELECT select", "line 1:8: mismatched input 'select'. Expecting: <expression>")]
    public void What_cannot_be_read_is_told_where_it_stands(string sql, string message)
    {
        var failure = Assert.Throws<PermanentEtlException>(() => StatementParser.Parse(sql));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT a FROM x.y JOIN z USING (q), (SELECT b FROM w) WHERE c IN (SELECT d FROM \"V\") ORDER BY (SELECT e FROM u)", "x.y z w V u")]
    [InlineData("WITH a AS (TABLE b) SELECT 1 FROM a CROSS JOIN UNNEST(c)", "b a")]
    [InlineData("SHOW COLUMNS IN t FROM d", "t")]
    [InlineData("DESCRIBE d.t", "d.t")]
    public void The_tables_that_a_statement_speaks_of_are_known(string sql, string tables) =>
        Assert.Equal(tables, string.Join(' ', StatementParser.Parse(sql).Tables));
}
