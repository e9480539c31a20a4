using DuckDB.NET.Data;
using FsCheck;
using FsCheck.Xunit;
using ParquetSharp;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Formats;

namespace SpotifyEtl.Local.Tests.Formats;

/// <summary>Results as Parquet, as Arrow's C++ reader and DuckDB see them.</summary>
public sealed class ParquetOutputTests
{
    private static readonly QueryColumn[] s_all =
    [
        new("a boolean", "boolean"), new("a tinyint", "tinyint"), new("an integer", "integer"), new("a bigint", "bigint"), new("a real", "real"),
        new("a double", "double"), new("a decimal", "decimal(38,2)"), new("a date", "date"), new("a timestamp", "timestamp"),
        new("exact", "timestamp(6)"), new("text", "varchar(10)"), new("list", "array(bigint)"), new("zoned", "timestamp(3) with time zone"),
        new("time", "time(3)"), new("finest", "timestamp(9)"), new("float", "float"),
    ];

    [Fact]
    public async Task Columns_have_their_types()
    {
        var file = await Written.ParquetAsync(
            s_all,
            [
                "true", "-128", "-2147483648", "9223372036854775807", "1.5E-7", "1.0E300", "-123456789012345678901234567890123456.78", "1582-10-15",
                "2026-11-29 05:10:52.123", "0001-01-01 00:00:00.000001", "音楽 🎵", "[1, 2]", "2026-11-29 05:10:52.123 Europe/Berlin", "01:02:03.004",
                "2026-11-29 05:10:52.123456789", "Infinity",
            ],
            [.. s_all.Select(_ => (string?)null)],
            [
                "false", "127", "2147483647", "-9223372036854775808", "-Infinity", "NaN", "0.01", "9999-12-31", "2026-11-29 05:10:52",
                "9999-12-31 23:59:59.999999", "", "[]", "x", "00:00:00.000", "x", "-0.0",
            ]);

        Assert.Equal(
            """
            BOOLEAN|INTEGER|INTEGER|BIGINT|FLOAT|DOUBLE|DECIMAL(38,2)|DATE|TIMESTAMP|TIMESTAMP|VARCHAR|VARCHAR|VARCHAR|VARCHAR|VARCHAR|FLOAT
            """,
            string.Join('|', await ReadAsync(file, "SELECT column_type FROM (DESCRIBE SELECT * FROM file)")));
        Assert.Equal(
            [
                "true|-128|-2147483648|9223372036854775807|1.5e-07|1e+300|-123456789012345678901234567890123456.78|1582-10-15"
                    + "|2026-11-29 05:10:52.123|0001-01-01 00:00:00.000001|音楽 🎵|[1, 2]|2026-11-29 05:10:52.123 Europe/Berlin|01:02:03.004"
                    + "|2026-11-29 05:10:52.123456789|inf",
                "NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL",
                "false|127|2147483647|-9223372036854775808|-inf|nan|0.01|9999-12-31|2026-11-29 05:10:52|9999-12-31 23:59:59.999999||[]|x|00:00:00.000|x|-0.0",
            ],
            await ReadAsync(file, "SELECT concat_ws('|', *COLUMNS(c -> true)) FROM (SELECT coalesce(COLUMNS(*)::VARCHAR, 'NULL') FROM file)"));
    }

    [Fact]
    public async Task Arrow_reads_the_same_types_and_that_all_may_be_missing()
    {
        using var file = Open(await Written.ParquetAsync(s_all));

        var columns = Enumerable.Range(0, file.FileMetaData.Schema.NumColumns).Select(file.FileMetaData.Schema.Column).ToArray();

        Assert.Equal(s_all.Select(column => column.Name), columns.Select(column => column.Name));
        Assert.All(columns, column => Assert.Equal(1, column.MaxDefinitionLevel));
        Assert.Equal(PhysicalType.Int32, columns[2].PhysicalType);
        Assert.Equal(LogicalType.Decimal(38, 2), columns[6].LogicalType);
        Assert.Equal(LogicalType.Date(), columns[7].LogicalType);
        Assert.Equal(LogicalType.Timestamp(isAdjustedToUtc: false, TimeUnit.Micros), columns[8].LogicalType);
        Assert.Equal(LogicalType.String(), columns[11].LogicalType);
        Assert.Equal(0, file.FileMetaData.NumRows);
    }

    [Theory]
    [InlineData("integer", "2147483648")]
    [InlineData("integer", "1.5")]
    [InlineData("bigint", "")]
    [InlineData("boolean", "TRUE")]
    [InlineData("double", "1,5")]
    [InlineData("decimal(4,2)", "100.00")]
    [InlineData("decimal(4,2)", "1.005")]
    [InlineData("decimal(4,2)", "1.2.3")]
    [InlineData("decimal(4,2)", "")]
    [InlineData("date", "10000-01-01")]
    [InlineData("timestamp", "2026-11-29")]
    [InlineData("timestamp(6)", "2026-11-29 05:10:52.1234567")]
    public async Task A_value_that_is_none_of_the_type_is_named_with_its_row_and_column(string type, string value)
    {
        QueryColumn[] columns = [new("a", "bigint"), new("b", type)];

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => Written.ParquetAsync(columns, ["1", null], ["2", value]));

        Assert.Equal(
            $"Row 2, column b: '{value}' cannot be written to Parquet as {type}. CAST the column to VARCHAR, or to a type that takes all its values.",
            failure.Message);
    }

    [Fact]
    public async Task Columns_of_one_name_are_told_apart_whatever_their_case()
    {
        QueryColumn[] columns = [new("a", "bigint"), new("A", "bigint"), new("a", "bigint"), new("", "bigint"), new("b.c", "bigint")];

        using var file = Open(await Written.ParquetAsync(columns));

        Assert.Equal(["a", "A_2", "a_3", "", "b.c"], Enumerable.Range(0, 5).Select(column => file.FileMetaData.Schema.Column(column).Name));
    }

    [Fact]
    public async Task A_result_without_columns_is_refused()
    {
        var refused = await Assert.ThrowsAsync<PermanentEtlException>(() => Written.ParquetAsync([]));

        Assert.Contains("gives no columns", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_groups_end_after_so_many_rows_or_so_much_text_and_are_handed_over()
    {
        using MemoryStream output = new();
        List<long> seen = [];
        async IAsyncEnumerable<IReadOnlyList<string?>> Rows()
        {
            for (var row = 0; row < 40_000; row++)
            {
                seen.Add(output.Length);
                yield return [$"{row}", "x"];
            }

            for (var row = 0; row < 40; row++)
            {
                yield return ["0", new string('x', 1 << 20)];
            }

            await Task.CompletedTask;
        }

        QueryResult result = new([new("n", "bigint"), new("t", "varchar")], Rows());
        var count = await QueryOutput.WriteAsync(result, QueryFormat.Parquet, output, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(40_040, count);
        Assert.Equal(3, seen.Distinct().Count());
        using var file = Open(output.ToArray());
        Assert.Equal([16_384, 16_384, 7_248, 16, 8], Enumerable.Range(0, file.FileMetaData.NumRowGroups).Select(RowsOf));
        Assert.Equal(["799980000"], await ReadAsync(output.ToArray(), "SELECT sum(n) FROM file"));

        long RowsOf(int group)
        {
            using var one = file.RowGroup(group);
            return one.MetaData.NumRows;
        }
    }

    [Fact]
    public async Task Filters_find_each_row_whatever_the_least_and_the_greatest_are()
    {
        var file = await Written.ParquetAsync(
            [new("d", "double"), new("t", "varchar"), new("n", "decimal(10,2)"), new("s", "timestamp(6)")],
            ["NaN", "\uFFFD", "-5.00", "2026-11-29 05:10:52.000999"],
            ["1.5", "🎵", "7.25", "2026-11-29 05:10:52.123456"],
            ["-0.0", "a", "0.00", "1969-12-31 23:59:59.999999"]);

        Assert.Equal(["1.5"], await ReadAsync(file, "SELECT d FROM file WHERE d = 1.5"));
        Assert.Equal(["NaN"], await ReadAsync(file, "SELECT d FROM file WHERE d > 100"));
        Assert.Equal(["🎵"], await ReadAsync(file, "SELECT t FROM file WHERE t = '🎵'"));
        Assert.Equal(["7.25"], await ReadAsync(file, "SELECT n FROM file WHERE n > 7.24"));
        Assert.Equal(["-5.00"], await ReadAsync(file, "SELECT n FROM file WHERE n < 0"));
        Assert.Equal(["1.5"], await ReadAsync(file, "SELECT d FROM file WHERE s = TIMESTAMP '2026-11-29 05:10:52.123456'"));
        Assert.Equal(["-0"], await ReadAsync(file, "SELECT d FROM file WHERE s < TIMESTAMP '1970-01-01'"));
    }

    [Property(MaxTest = 50)]
    public void What_was_written_is_read_back(NonEmptyArray<Tuple<string?, long?, double?>> rows)
    {
        var given = rows.Get.Select(row => (Text: row.Item1 is null ? null : string.Concat(row.Item1.EnumerateRunes()), row.Item2, row.Item3)).ToArray();

        var bytes = Written.ParquetAsync(
            [new("t", "varchar"), new("n", "bigint"), new("d", "double")],
            [.. given.Select(row => new[] { row.Text, row.Item2?.ToString(), row.Item3?.ToString("R") })]).GetAwaiter().GetResult();

        using var file = Open(bytes);
        using var group = file.RowGroup(0);
        Assert.Equal(given.Select(row => row.Text), Read<string?>(group, 0));
        Assert.Equal(given.Select(row => row.Item2), Read<long?>(group, 1));
        Assert.Equal(given.Select(row => row.Item3), Read<double?>(group, 2));
    }

    private static T[] Read<T>(RowGroupReader group, int column)
    {
        using var values = group.Column(column).LogicalReader<T>();
        return values.ReadAll((int)group.MetaData.NumRows);
    }

    private static ParquetFileReader Open(byte[] file) => new(new ParquetSharp.IO.ManagedRandomAccessFile(new MemoryStream(file)));

    private static async Task<string[]> ReadAsync(byte[] file, string sql)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, file, TestContext.Current.CancellationToken);
            await using DuckDBConnection connection = new("DataSource=:memory:");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"CREATE VIEW file AS SELECT * FROM read_parquet('{path}'); {sql}";
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            List<string> rows = [];
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                rows.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{reader.GetValue(0)}"));
            }

            return [.. rows];
        }
        finally
        {
            File.Delete(path);
        }
    }
}
