using System.Text;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>What a way through text or values would change: bytes that are no UTF-8, half surrogate pairs, names that come twice, numbers as spelt.</summary>
public sealed class ReceivedBytesTests
{
    private static readonly byte[] s_odd =
    [
        .. "{ \"name\" : \"é "u8, 0xC3, 0x28, 0xFF, 0xED, 0xA0, 0x80, .. """
             \ud83d \uDE00 \/ \u00e9", "\ud83d":1, "\uD83Dems":2, "same":1,"same":2, "n":[1.50e+2,-0.0,1E400,12345678901234567890.0] }
            """u8,
    ];

    [Fact]
    public async Task Rows_arrive_byte_for_byte()
    {
        await using var extraction = await Extraction.StartAsync();
        byte[] row = [.. """{ "item":"""u8, .. s_odd, .. " }"u8];
        extraction.Server.Script = asked => asked.IsPage
            ? new Answer(200, "") { Bytes = [.. """{"\ud83dems":7,"offset":0,"total":1,"items":["""u8, .. row, .. "]}"u8] }
            : null;

        var outcome = await extraction.RunAsync();

        Assert.Equal(1, outcome.Playlist!.Items);
        byte[] end = [.. "\"items\":[\n"u8, .. row, .. "\n]}\n"u8];
        Assert.True(Raw(extraction).AsSpan().EndsWith(end), extraction.RawText);
    }

    [Fact]
    public async Task The_playlist_object_arrives_byte_for_byte_and_its_name_is_shown_as_well_as_can_be()
    {
        await using var extraction = await Extraction.StartAsync();
        byte[] head = [.. s_odd.AsSpan()[..^1], .. ""","snapshot_id":"s\ud800","owner":"""u8, .. s_odd, .. "}"u8];
        extraction.Server.Script = asked => asked.IsPage || asked.Path == "/token" ? null : new Answer(200, "") { Bytes = head };

        var outcome = await extraction.RunAsync();

        Assert.StartsWith("é \uFFFD(\uFFFD", outcome.Playlist!.Name, StringComparison.Ordinal);
        Assert.EndsWith(" \uFFFD \uFFFD / é", outcome.Playlist.Name, StringComparison.Ordinal);
        Assert.Equal("s\uFFFD", outcome.Playlist.SnapshotId);
        byte[] start = [.. "{\"playlist\":"u8, .. head, .. ",\"extracted_at\":"u8];
        Assert.True(Raw(extraction).AsSpan().StartsWith(start), extraction.RawText);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_a_body()
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Server.Script = asked => asked.Path == "/token" ? null : new Answer(200, "")
        {
            Bytes = [.. Encoding.UTF8.Preamble, .. asked.IsPage ? """{"offset":0,"total":1,"items":[{"item":{}}]}"""u8 : """{"snapshot_id":"s"}"""u8],
        };

        await extraction.RunAsync();

        Assert.Equal("""{"playlist":{"snapshot_id":"s"},"extracted_at":"2026-11-22T06:00:00Z","items":[""" + "\n{\"item\":{}}\n]}\n", extraction.RawText);
    }

    [Fact]
    public async Task A_refusal_whose_text_is_none_is_told_all_the_same()
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Server.Script = asked => asked.IsPage ? Answer.Error(400, @"half \ud83d a pair") : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains("(400", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Raw(Extraction extraction) => extraction.Lake[Assert.Single(extraction.Lake.Keys)];
}
