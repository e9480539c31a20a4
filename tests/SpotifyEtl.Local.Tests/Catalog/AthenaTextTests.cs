using FsCheck;
using FsCheck.Xunit;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.Tests.Catalog;

public sealed class AthenaTextTests(CrawledLake lake) : IClassFixture<CrawledLake>
{
    [Theory]
    [InlineData("true", "true")]
    [InlineData("1 = 2", "false")]
    [InlineData("CAST(-7 AS tinyint)", "-7")]
    [InlineData("CAST(7 AS smallint)", "7")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("CAST(1.50 AS decimal(5, 2))", "1.50")]
    [InlineData("CAST(-0.05 AS decimal(5, 2))", "-0.05")]
    [InlineData("CAST('12345678901234567890123456789012345678' AS decimal(38, 0))", "12345678901234567890123456789012345678")]
    [InlineData("1.5e0", "1.5")]
    [InlineData("CAST(0.1 AS real)", "0.1")]
    [InlineData("'text, \"quoted\"'", "text, \"quoted\"")]
    [InlineData("NULL", null)]
    [InlineData("date '2024-05-15'", "2024-05-15")]
    [InlineData("date '0001-01-01'", "0001-01-01")]
    [InlineData("timestamp '2024-05-15 10:00:00'", "2024-05-15 10:00:00.000")]
    [InlineData("timestamp '1969-12-31 23:59:59.999'", "1969-12-31 23:59:59.999")]
    [InlineData("timestamp '2024-05-15 10:00:00.123456'", "2024-05-15 10:00:00.123456")]
    [InlineData("timestamp '2024-05-15 10:00:00 Europe/Berlin'", "2024-05-15 10:00:00.000 Europe/Berlin")]
    [InlineData("timestamp '2024-05-15 10:00:00 -03:30'", "2024-05-15 10:00:00.000 -03:30")]
    [InlineData("timestamp '2024-05-15 10:00:00' AT TIME ZONE 'UTC'", "2024-05-15 10:00:00.000 UTC")]
    [InlineData("time '10:00:01.5'", "10:00:01.500")]
    [InlineData("interval '2' day + interval '3' hour", "2 03:00:00.000")]
    [InlineData("interval '-30' minute", "-0 00:30:00.000")]
    [InlineData("interval '40' day", "40 00:00:00.000")]
    [InlineData("interval '-1-2' year to month", "-1-2")]
    [InlineData("interval '14' month", "1-2")]
    [InlineData("ARRAY[1, NULL, 3]", "[1, null, 3]")]
    [InlineData("ARRAY['a', 'b']", "[a, b]")]
    [InlineData("ARRAY[ARRAY[1], ARRAY[]]", "[[1], []]")]
    [InlineData("MAP(ARRAY['a', 'b'], ARRAY[1, NULL])", "{a=1, b=null}")]
    [InlineData("CAST(ROW(1, NULL, ARRAY[true]) AS ROW(x integer, y varchar, z array(boolean)))", "{x=1, y=null, z=[true]}")]
    [InlineData("ROW(1, 'a')", "{field0=1, field1=a}")]
    [InlineData("ARRAY[timestamp '2024-05-15 10:00:00 UTC']", "[2024-05-15 10:00:00.000 UTC]")]
    [InlineData("X'6162'", "61 62")]
    [InlineData("JSON '{\"a\": [1, 2]}'", "{\"a\":[1,2]}")]
    public async Task A_value_reads_as_Athena_prints_it(string expression, string? expected) =>
        Assert.Equal(expected, await lake.Queries.ValueAsync($"SELECT {expression}"));

    [Fact]
    public async Task Each_row_has_its_own_part_of_nested_values() =>
        Assert.Equal(
            "[1, 2]|{a=1}|{n=1}|[1, 1]\n[]|{}|{n=2}|[2, 2]\n[3]|{c=3}|{n=3}|[3, 3]",
            await lake.Queries.LinesAsync(
                "SELECT l, m, CAST(ROW(n) AS ROW(n integer)), ARRAY[n, n] FROM (VALUES (1, ARRAY[1, 2], MAP(ARRAY['a'], ARRAY[1])), (2, ARRAY[], MAP()), "
                    + "(3, ARRAY[3], MAP(ARRAY['c'], ARRAY[3]))) t(n, l, m) ORDER BY n"));

    [Theory]
    [InlineData("1", true)]
    [InlineData("1.5", true)]
    [InlineData("1e0", true)]
    [InlineData("sum(1)", true)]
    [InlineData("'1'", false)]
    [InlineData("true", false)]
    [InlineData("date '2024-05-15'", false)]
    [InlineData("ARRAY[1]", false)]
    public async Task Numbers_are_known_by_their_type(string expression, bool numeric)
    {
        var result = await lake.Queries.QueryAsync($"SELECT {expression} AS x", TestContext.Current.CancellationToken);
        await foreach (var row in result.Rows)
        {
            Assert.Single(row);
        }

        var column = Assert.Single(result.Columns);
        Assert.Equal("x", column.Name);
        Assert.Equal(numeric, column.IsNumeric);
    }

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1, "1.0")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(100, "100.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.00099, "9.9E-4")]
    [InlineData(9999999, "9999999.0")]
    [InlineData(1234567.891, "1234567.891")]
    [InlineData(10_000_000, "1.0E7")]
    [InlineData(12345678.9, "1.23456789E7")]
    [InlineData(1e23, "1.0E23")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157E308")]
    [InlineData(2.5e-300, "2.5E-300")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_double_reads_as_Java_writes_it(double value, string expected) => Assert.Equal(expected, JavaFloatingPoint.Text(value));

    [Property(MaxTest = 500)]
    public void A_double_reads_back_the_same(double value) =>
        Assert.Equal(value, double.Parse(JavaFloatingPoint.Text(value)));

    [Property(MaxTest = 500)]
    public void A_float_reads_back_the_same(NormalFloat value)
    {
        var number = (float)value.Get;

        Assert.Equal(number, float.IsFinite(number) ? float.Parse(JavaFloatingPoint.Text(number)) : number);
    }
}
