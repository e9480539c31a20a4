using System.Text;
using System.Text.Json;
using CsvHelper;
using FsCheck;
using FsCheck.Xunit;
using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Formats;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Tests.Formats;

public sealed class QueryOutputTests
{
    private static readonly QueryColumn[] s_songs = [new("song", "varchar"), new("popularity", "bigint")];

    [Fact]
    public async Task A_table_aligns_text_to_the_left_and_numbers_to_the_right()
    {
        var text = await Written.TextAsync(QueryFormat.Table, null, s_songs, ["Short", "7"], ["A longer title", "100"], ["None", null]);

        Assert.Equal(
            """
            song            popularity
            --------------  ----------
            Short                    7
            A longer title         100
            None                  NULL
            (3 rows)

            """,
            text);
    }

    [Fact]
    public async Task A_table_without_rows_shows_its_columns()
    {
        Assert.Equal("song  popularity\n----  ----------\n(0 rows)\n", await Written.TextAsync(QueryFormat.Table, null, s_songs));
        Assert.EndsWith("(1 row)\n", await Written.TextAsync(QueryFormat.Table, null, s_songs, ["a", "1"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_narrow_terminal_cuts_the_widest_text_and_no_number()
    {
        QueryColumn[] columns = [new("song", "varchar"), new("artists", "varchar"), new("mean_of_the_popularity", "bigint")];

        var text = await Written.TextAsync(
            QueryFormat.Table, 40, columns, ["A title that is long indeed", "Somebody, Somebody Else", "1234567.25"], ["Short", "Nobody", "1"]);

        Assert.Equal(
            """
            song          artists       mean_of_the…
            ------------  ------------  ------------
            A title tha…  Somebody, S…    1234567.25
            Short         Nobody                   1
            (2 rows)

            """,
            text);
    }

    [Property(MaxTest = 200)]
    public void A_table_fits_the_terminal_when_its_columns_can(NonEmptyArray<string?> cells, byte extra)
    {
        var width = 2 * (4 + 2) + 4 + extra % 60;
        QueryColumn[] columns = [new("a rather long name", "varchar"), new("b", "varchar"), new("c", "bigint")];

        var text = Written.TextAsync(QueryFormat.Table, width, columns, [.. cells.Get.Select(cell => new[] { cell, cell, "1234" })]).GetAwaiter().GetResult();

        Assert.All(text.Split('\n'), line => Assert.True(TerminalText.Width(line) <= width, $"{TerminalText.Width(line)} cells of {width}: {line}"));
        Assert.DoesNotContain(text, one => char.IsControl(one) && one != '\n');
        Assert.Equal(cells.Get.Length + 4, text.Split('\n').Length);
    }

    [Fact]
    public async Task Rows_beyond_the_first_thousand_keep_to_the_widths_of_a_terminal()
    {
        var rows = Enumerable.Range(0, 1500).Select(row => new[] { row < 1000 ? "short" : "a title longer than all before", $"{row}" }).ToArray();

        var lines = (await Written.TextAsync(QueryFormat.Table, 80, s_songs, rows)).Split('\n');

        Assert.Equal("short         999", lines[1001]);
        Assert.Equal("a ti…        1000", lines[1002]);
        Assert.Equal("(1500 rows)", lines[^2]);
    }

    [Fact]
    public async Task A_table_that_goes_to_no_terminal_is_never_cut()
    {
        var title = new string('x', 300);

        Assert.Contains(title, await Written.TextAsync(QueryFormat.Table, null, s_songs, [title, "1"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", 5)]
    [InlineData("Ünï", 3)]
    [InlineData("e\u0301", 1)]
    [InlineData("音楽", 4)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("한국", 4)]
    [InlineData("🎵", 2)]
    [InlineData("👩\u200D👩\u200D👧", 2)]
    [InlineData("❤\uFE0F", 2)]
    [InlineData("🇯🇵", 2)]
    [InlineData("", 0)]
    public void Width_is_counted_in_cells(string text, int cells) => Assert.Equal(cells, TerminalText.Width(text));

    [Theory]
    [InlineData("音楽の日", 8, "音楽の日")]
    [InlineData("音楽の日", 7, "音楽の…")]
    [InlineData("音楽の日", 6, "音楽…")]
    [InlineData("e\u0301e\u0301e\u0301", 2, "e\u0301…")]
    [InlineData("abc", 1, "…")]
    public void Text_is_cut_between_characters(string text, int width, string expected) => Assert.Equal(expected, TerminalText.Cut(text, width));

    [Theory]
    [InlineData("a\tb\r\nc", "a␉b␍␊c")]
    [InlineData("\u001b[31mred\u0007", "␛[31mred␇")]
    [InlineData("\0\u007f", "␀␡")]
    [InlineData("\u009b31m", "\uFFFD31m")]
    [InlineData("abc\u202Edef\u2066g\u2028", "abc\uFFFDdef\uFFFDg\uFFFD")]
    [InlineData("音楽 🎵 é", "音楽 🎵 é")]
    public void What_would_steer_the_terminal_is_shown_instead(string text, string expected) => Assert.Equal(expected, TerminalText.Clean(text));

    [Fact]
    public void A_lone_surrogate_is_shown_as_no_character() => Assert.Equal("a\uFFFDb", TerminalText.Clean("a" + (char)0xD83C + "b"));

    [Fact]
    public async Task Csv_is_quoted_where_needed_and_ends_lines_with_LF()
    {
        var text = await Written.TextAsync(QueryFormat.Csv, null, s_songs, ["Comma, \"quote\"", "7"], ["Line\nbreak", null], ["音楽", "1.5"]);

        Assert.Equal("song,popularity\n\"Comma, \"\"quote\"\"\",7\n\"Line\nbreak\",\n音楽,1.5\n", text);
    }

    [Property(MaxTest = 200)]
    public void Csv_reads_back_as_it_was(NonEmptyArray<NonNull<string>> values)
    {
        var rows = values.Get.Select(value => new[] { Scalars(value.Get), "1" }).ToArray();

        var text = Written.TextAsync(QueryFormat.Csv, null, s_songs, rows).GetAwaiter().GetResult();

        using var reader = CsvReader.Create(Encoding.UTF8.GetBytes(text), new CsvReaderOptions());
        var read = new List<string>();
        while (reader.Read())
        {
            read.Add(reader.GetString(0));
        }

        Assert.Equal(rows.Select(row => row[0]).ToList(), read);
    }

    [Fact]
    public async Task Json_is_one_array_with_numbers_strings_and_nulls()
    {
        var text = await Written.TextAsync(QueryFormat.Json, null, s_songs, ["A \"title\" 音楽", "7"], [null, null], ["b", "NaN"], ["c", "1.0E7"]);

        Assert.Equal(
            """
            [
            {"song":"A \"title\" 音楽","popularity":7},
            {"song":null,"popularity":null},
            {"song":"b","popularity":"NaN"},
            {"song":"c","popularity":1.0E7}
            ]

            """,
            text);
        Assert.Equal(4, JsonDocument.Parse(text).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Json_without_rows_is_an_empty_array() => Assert.Equal("[]\n", await Written.TextAsync(QueryFormat.Json, null, s_songs));

    [Fact]
    public async Task Json_tells_columns_of_one_name_apart()
    {
        QueryColumn[] columns = [new("a", "varchar"), new("a", "varchar"), new("a_2", "varchar"), new("a", "varchar")];

        var text = await Written.TextAsync(QueryFormat.Json, null, columns, ["1", "2", "3", "4"]);

        Assert.Equal("[\n{\"a\":\"1\",\"a_2\":\"2\",\"a_2_2\":\"3\",\"a_3\":\"4\"}\n]\n", text);
    }

    [Property(MaxTest = 200)]
    public void Json_reads_back_as_it_was(NonEmptyArray<string?> values)
    {
        var rows = values.Get.Select(value => new[] { value is null ? null : Scalars(value), value is null ? null : Scalars(value) }).ToArray();

        var text = Written.TextAsync(QueryFormat.Json, null, s_songs, rows).GetAwaiter().GetResult();

        using var document = JsonDocument.Parse(text);
        Assert.Equal(rows.Select(row => row[0]).ToList(), document.RootElement.EnumerateArray().Select(row => row.GetProperty("song").GetString()).ToList());
    }

    [Theory]
    [InlineData(QueryFormat.Table)]
    [InlineData(QueryFormat.Csv)]
    [InlineData(QueryFormat.Json)]
    [InlineData(QueryFormat.Vertical)]
    [InlineData(QueryFormat.Markdown)]
    public async Task Many_rows_are_written_as_they_are_read(QueryFormat format)
    {
        using var output = new MemoryStream();
        var mostWrittenWhileReading = 0L;
        async IAsyncEnumerable<IReadOnlyList<string?>> Rows()
        {
            for (var row = 0; row < 20_000; row++)
            {
                mostWrittenWhileReading = output.Length;
                yield return ["a title", $"{row}"];
            }

            await Task.CompletedTask;
        }

        var count = await QueryOutput.WriteAsync(new QueryResult(s_songs, Rows()), format, output, 80, TestContext.Current.CancellationToken);

        Assert.Equal(20_000, count);
        Assert.True(mostWrittenWhileReading > output.Length / 2, "half is out before the last row came");
        Assert.True(output.CanWrite, "the stream stays open");
    }

    private static string Scalars(string text) => string.Concat(text.EnumerateRunes());
}
