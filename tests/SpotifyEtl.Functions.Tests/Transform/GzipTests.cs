using System.IO.Compression;
using System.Text;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class GzipTests
{
    private static readonly byte[] s_own = Encoding.UTF8.GetBytes(MadeUp.Own(MadeUp.Row("s1"), MadeUp.Row("s2")).ToJsonString());
    private static readonly byte[] s_page = Encoding.UTF8.GetBytes(MadeUp.Page(MadeUp.Row("s1"), MadeUp.Row("s2")).ToJsonString());

    [Theory]
    [InlineData("raw.json")]
    [InlineData("raw.json.gz")]
    public async Task A_gzipped_file_gives_what_it_holds_and_has_the_hash_of_its_bytes(string name)
    {
        foreach (var content in new[] { s_own, s_page })
        {
            var packed = Pack(content);
            var plain = await Transformation.OfAsync(content, name);
            var run = await Transformation.OfAsync(packed, name);

            Assert.All(Table.All, table => Assert.Equal(plain.Csv(table), run.Csv(table)));
            Assert.Equal(Transformation.Sha256(packed), run.Outcome.RawSha256);
        }
    }

    [Fact]
    public async Task Gzipped_parts_one_after_another_are_read_as_one()
    {
        var run = await Transformation.OfAsync([.. Pack(s_own[..100]), .. Pack(s_own[100..])]);

        Assert.Equal(["s1", "s2"], run.Column(Table.Song, "song_id"));
    }

    [Fact]
    public async Task What_cannot_be_unpacked_is_defective_and_hashed_all_the_same()
    {
        var damaged = Pack([.. Enumerable.Range(0, 200_000).Select(number => (byte)(number * 7919 % 251))]);
        damaged.AsSpan(damaged.Length / 2, 400).Fill(0xFF);
        foreach (var raw in new byte[][] { [0x1F, 0x8B], [0x1F, 0x8B, 8, 0, 0], [0x1F, 0x8B, 9, .. new byte[30]], damaged })
        {
            var run = await Transformation.OfAsync(raw);

            Assert.Contains(run.Bad.Reason, new[] { "gzip", "not_json" });
            Assert.Equal(Transformation.Sha256(raw), run.Outcome.RawSha256);
        }
    }

    [Fact]
    public async Task A_gzipped_file_cut_off_anywhere_gives_no_tables_unless_only_its_end_mark_is_missing()
    {
        var packed = Pack(s_page);
        for (var length = 2; length < packed.Length; length++)
        {
            var run = await Transformation.OfAsync(packed[..length]);

            Assert.True(
                run.Outcome is Defective { Defect.Reason: "gzip" or "truncated" } || (length > packed.Length - 12 && run.Good.Items == 2),
                $"{length}: {run.Outcome}");
        }
    }

    [Fact]
    public async Task A_gzipped_file_that_unpacks_to_more_than_is_allowed_is_defective()
    {
        var limits = RawFileLimits.Default with { MaxUnpackedBytes = s_page.Length };

        Assert.Equal(2, (await Transformation.OfAsync(Pack(s_page), limits: limits)).Good.Items);
        var bad = (await Transformation.OfAsync(Pack([.. s_page, (byte)' ']), limits: limits)).Bad;
        Assert.Equal("too_large", bad.Reason);
        Assert.Contains("Quality__MaxUnpackedBytes", bad.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Transformation.OfAsync([.. s_page, (byte)' '], limits: limits)).Good.Items);
    }

    private static byte[] Pack(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
