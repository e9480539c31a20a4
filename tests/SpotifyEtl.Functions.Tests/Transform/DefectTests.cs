using System.Text;
using SpotifyEtl.Functions.Tests.Lake;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class DefectTests
{
    [Theory]
    [InlineData("", "empty", 0, 1, 0)]
    [InlineData(" \n\t\r\n ", "empty", 6, 3, 1)]
    [InlineData("\uFEFF", "empty", 3, 1, 3)]
    [InlineData("hello", "not_json", 0, 1, 0)]
    [InlineData("[null]x", "not_json", 6, 1, 6)]
    [InlineData("[null]\n\n ]", "not_json", 9, 3, 1)]
    [InlineData("[null,]", "not_json", 6, 1, 6)]
    [InlineData("[null,\n// no\nnull]", "not_json", 7, 2, 0)]
    [InlineData("/* no */[]", "not_json", 0, 1, 0)]
    [InlineData("{\"items\":[],}", "not_json", 12, 1, 12)]
    [InlineData("{\"items\":[]]", "not_json", 11, 1, 11)]
    [InlineData("[{\"track\":{\"id\":\"s1\"}},\n {\"track\":nul}]", "not_json", 37, 2, 13)]
    [InlineData("[\"a\nb\"]", "not_json", 3, 1, 3)]
    [InlineData("[\"\\x\"]", "not_json", 3, 1, 3)]
    [InlineData("[\"\\u12g4\"]", "not_json", 6, 1, 6)]
    [InlineData("[01]", "not_json", 2, 1, 2)]
    [InlineData("[NaN]", "not_json", 1, 1, 1)]
    [InlineData("\uFEFF[1,}", "not_json", 6, 1, 6)]
    [InlineData("\uFEFF[1,\n}", "not_json", 7, 2, 0)]
    [InlineData("{\"playlist\":{},\"extracted_at\":\"\",\n\"items\":[1,\n2 3]}", "not_json", 48, 3, 2)]
    [InlineData("[{\"x\":[\"AR\",\"AU\",\"AT\",\"BE\"],\"y\":nul}]", "not_json", 35, 1, 35)]
    [InlineData("[{\"x\":[\"AR\",\"AU\",\"AT\" \"BE\"]}]", "not_json", 22, 1, 22)]
    [InlineData("[{\"x\":[\"AR\",\"AU\",\"A\n\"]}]", "not_json", 19, 1, 19)]
    [InlineData("[{\"x\":[\"AR\",\n\"AU\",\n\"AT\",\n\"BE\"],\"y\":nul}]", "not_json", 38, 4, 13)]
    [InlineData("[{\"x\":[\"AR\",\"AU\",\"AT\"]},\n{\"x\":[\"AR\",\"AU\",\"AT\"]},{]", "not_json", 49, 2, 24)]
    [InlineData(
        "{\"playlist\":{},\"extracted_at\":\"\",\"items\":[{\"x\":[\"AR\",\"AU\",\"AT\"]},\n{\"x\":[\"AR\",\n\"AU\",\n\"AT\"]},{]}", "not_json", 92, 4, 8)]
    [InlineData("{\"playlist\":{},\"extracted_at\":\"\",\"items\":[{\"x\":[\"AR\",\"AU\",\"AT\"]}],}", "not_json", 66, 1, 66)]
    [InlineData("[", "truncated", 1, 1, 1)]
    [InlineData("[1,\n2", "truncated", 5, 2, 1)]
    [InlineData("{\"items\":[null]", "truncated", 15, 1, 15)]
    [InlineData("tru", "truncated", 3, 1, 3)]
    [InlineData("-", "truncated", 1, 1, 1)]
    [InlineData("[{\"track\":{\"name\":\"half", "truncated", 23, 1, 23)]
    public async Task A_file_that_is_not_JSON_is_defective_and_says_where(string text, string reason, long offset, long line, long byteInLine)
    {
        var run = await Transformation.OfAsync(text);

        Assert.Equal((reason, offset, line, byteInLine), (run.Bad.Reason, run.Bad.ByteOffset, run.Bad.Line, run.Bad.BytePositionInLine));
        Assert.Equal(Transformation.Sha256(Encoding.UTF8.GetBytes(text)), run.Outcome.RawSha256);
    }

    [Theory]
    [InlineData("[1,}", "The file is not valid JSON: '}' is not allowed at byte 3 (line 1, byte 3 of it).")]
    [InlineData("[1,\u00e9", "The file is not valid JSON: the byte 0xC3 is not allowed at byte 3 (line 1, byte 3 of it).")]
    [InlineData("[1,", "The file ends in the middle of its JSON, at byte 3 (line 1, byte 3 of it): it was cut off.")]
    [InlineData("", "The file is empty: it holds no JSON.")]
    public async Task The_message_says_what_is_wrong(string text, string message) =>
        Assert.Equal(message, (await Transformation.OfAsync(text)).Bad.Message);

    public static TheoryData<string, string> OtherEncodings => new()
    {
        { "utf-16", "UTF-16" },
        { "utf-16BE", "UTF-16" },
        { "utf-32", "UTF-32" },
        { "utf-32BE", "UTF-32" },
    };

    [Theory]
    [MemberData(nameof(OtherEncodings))]
    public async Task Wider_encodings_are_defective_with_and_without_a_mark(string encoding, string name)
    {
        var encoder = Encoding.GetEncoding(encoding);
        var text = encoder.GetBytes("[null]");

        foreach (var raw in new byte[][] { text, [.. encoder.GetPreamble(), .. text] })
        {
            var run = await Transformation.OfAsync(raw);

            Assert.Equal("encoding", run.Bad.Reason);
            Assert.Contains(name, run.Bad.Message, StringComparison.Ordinal);
            Assert.Equal(0, run.Bad.ByteOffset);
        }
    }

    [Fact]
    public async Task Binary_data_is_not_JSON()
    {
        var run = await Transformation.OfAsync([0x1F, 0x8A, 0x08, 0x00, 0x00]);

        Assert.Equal("not_json", run.Bad.Reason);
        Assert.Contains("0x1F", run.Bad.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"x\":", "[", "]", "}]", 2)]
    [InlineData("{\"x\":", "{\"x\":", "}", "}", 1)]
    [InlineData("{\"playlist\":{},\"extracted_at\":1,\"items\":[", "[", "]", "]}", 2)]
    public async Task Nesting_of_256_levels_is_read_and_one_more_is_defective(string start, string open, string close, string end, int outer)
    {
        var deep = await Transformation.OfAsync(Nested(256 - outer), maxRejectedShare: 1);
        var tooDeep = await Transformation.OfAsync(Nested(257 - outer), maxRejectedShare: 1);

        Assert.True(deep.Outcome is not Defective { Defect.Reason: "too_deep" or "not_json" });
        Assert.Equal("too_deep", tooDeep.Bad.Reason);
        Assert.Equal(start.Length + ((256 - outer) * open.Length), tooDeep.Bad.ByteOffset);
        Assert.Contains("256 levels", tooDeep.Bad.Message, StringComparison.Ordinal);

        string Nested(int levels) =>
            start + string.Concat(Enumerable.Repeat(open, levels)) + (open == "[" ? "" : "1") + string.Concat(Enumerable.Repeat(close, levels)) + end;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public async Task A_row_up_to_the_limit_is_read_and_a_larger_one_is_defective(int chunkBytes)
    {
        var limits = new RawFileLimits(chunkBytes, 200);

        var fits = await Transformation.OfAsync(Page(200), limits: limits, maxRejectedShare: 1);
        var tooLarge = await Transformation.OfAsync(Page(201), limits: limits, maxRejectedShare: 1);

        Assert.Equal(3, fits.Good.Items);
        Assert.Equal("too_large", tooLarge.Bad.Reason);
        Assert.Contains("200 bytes", tooLarge.Bad.Message, StringComparison.Ordinal);

        static byte[] Page(int rowBytes) =>
            Encoding.UTF8.GetBytes($$"""{"playlist":{},"extracted_at":"","items":[null,{"x":"{{new string('x', rowBytes - 9)}}"},null]}""");
    }

    [Fact]
    public async Task A_value_outside_the_rows_that_is_too_large_is_defective()
    {
        var raw = Encoding.UTF8.GetBytes($$"""{"items":[],"x":"{{new string('x', 5000)}}"}""");

        var run = await Transformation.OfAsync(raw, limits: new RawFileLimits(64, 1000));

        Assert.Equal("too_large", run.Bad.Reason);
    }

    [Theory]
    [InlineData("""{"playlist":{},"extracted_at":"","items":[{"track":{"id":"s1","album":{"id":"b1"}}}]""")]
    [InlineData("""{"playlist":{},"extracted_at":"","items":[{"track":{"id":"s1","album":{"id":"b1"}}}]}}""")]
    [InlineData("""[{"track":{"id":"s1","album":{"id":"b1"}}},null,null]""")]
    [InlineData("""{"playlist":{},"extracted_at":"","items":[null]}""")]
    [InlineData("{")]
    public async Task A_defective_file_leaves_no_tables_and_takes_away_old_ones(string text)
    {
        var lake = new MemoryLake();
        foreach (var table in Table.All)
        {
            lake[table.KeyFor("raw")] = "old"u8.ToArray();
            lake[table.KeyFor("other")] = "old"u8.ToArray();
        }

        var run = await Transformation.OfAsync(Encoding.UTF8.GetBytes(text), lake: lake);

        Assert.IsType<Defective>(run.Outcome);
        Assert.Equal(
            Table.All.Select(table => table.KeyFor("other")).Append("raw_data/to_process/raw.json").Order(StringComparer.Ordinal), lake.Keys);
    }
}
