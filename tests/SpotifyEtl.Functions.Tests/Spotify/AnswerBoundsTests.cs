using System.IO.Compression;
using SpotifyEtl.Errors;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>How much of an answer is taken, and how long it may take.</summary>
public sealed class AnswerBoundsTests
{
    [Fact]
    public async Task A_page_of_more_than_32_MB_fails_for_good_at_once_and_says_how_much_is_taken()
    {
        await using var extraction = await Extraction.StartAsync();
        var page = Padded(SpotifyBounds.Default.MaxBodyBytes + 1);
        extraction.Server.Script = asked => asked.IsPage ? new Answer(200, "") { Bytes = page } : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains(SpotifyServer.PlaylistId, error.Message, StringComparison.Ordinal);
        Assert.Contains($"{extraction.Server.ApiBaseUrl[..^3]} answers with more than 32 MB", error.Message, StringComparison.Ordinal);
        Assert.Single(extraction.Server.Requests, asked => asked.IsPage);
        Assert.Empty(extraction.Lake.Keys);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task The_bound_holds_to_the_byte(int more, bool isTaken)
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Bounds = extraction.Bounds with { MaxBodyMegabytes = 1 };
        var page = Padded(extraction.Bounds.MaxBodyBytes + more);
        extraction.Server.Script = asked => asked.IsPage ? new Answer(200, "") { Bytes = page } : null;

        var error = await Record.ExceptionAsync(() => extraction.RunAsync());

        Assert.Equal(isTaken, error is null);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_packed_page_counts_unpacked(string encoding)
    {
        await using var extraction = await Extraction.StartAsync();
        var page = Packed(Padded(SpotifyBounds.Default.MaxBodyBytes + 1), encoding);
        extraction.Server.Script = asked => asked.IsPage
            ? new Answer(200, "") { Bytes = page, Headers = new(StringComparer.Ordinal) { ["Content-Encoding"] = encoding } }
            : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.True(page.Length < 1 << 20, $"packed it has {page.Length} bytes");
        Assert.Contains("more than 32 MB, unpacked", error.Message, StringComparison.Ordinal);
        Assert.Single(extraction.Server.Requests, asked => asked.IsPage);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_packed_page_arrives_unpacked_and_one_that_cannot_be_unpacked_is_asked_for_again(string encoding)
    {
        await using var extraction = await Extraction.StartAsync();
        var asked = 0;
        var page = Packed("""{"offset":0,"total":1,"items":[{"item":{}}]}"""u8.ToArray(), encoding);
        extraction.Server.Script = request => request.IsPage
            ? new Answer(200, "")
            {
                Bytes = asked++ == 0 ? [.. "nothing that was packed"u8] : page,
                Headers = new(StringComparer.Ordinal) { ["Content-Encoding"] = encoding },
            }
            : null;

        var outcome = await extraction.RunAsync();

        Assert.Equal((1, 2), (outcome.Playlist!.Items, asked));
    }

    [Fact]
    public async Task A_refusal_is_told_however_long_its_body_is()
    {
        await using var extraction = await Extraction.StartAsync();
        Answer refusal = new(403, "Active premium subscription required. " + new string('x', 1 << 20), "text/plain");
        extraction.Server.Script = asked => asked.IsPage ? refusal : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains("has no Premium subscription", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task A_body_that_trickles_on_and_on_fails_in_time_for_the_step_to_be_tried_again(int status)
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Bounds = extraction.Bounds with { BodyTime = TimeSpan.FromMilliseconds(300) };
        extraction.Server.Script = asked => asked.IsPage ? new Answer(status, "{") { Fate = AnswerFate.Trickles } : null;

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunAsync());

        Assert.Contains($"Playlist {SpotifyServer.PlaylistId}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("had not come to the end of its answer after", error.Message, StringComparison.Ordinal);
        Assert.Single(extraction.Server.Requests, asked => asked.IsPage);
    }

    [Fact]
    public async Task A_token_that_trickles_on_and_on_fails_in_time_too()
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Bounds = extraction.Bounds with { BodyTime = TimeSpan.FromMilliseconds(300) };
        var asked = 0;
        extraction.Server.Script = request => request.Path == "/token" && ++asked > 0 ? new Answer(200, "{") { Fate = AnswerFate.Trickles } : null;

        await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunAsync());

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up_at_once_when_the_extraction_is_cancelled()
    {
        await using var extraction = await Extraction.StartAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        extraction.Server.Script = asked => asked.IsPage
            ? new Answer(200, "{") { Fate = AnswerFate.Trickles, Before = _ => cancellation.CancelAsync() }
            : null;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => extraction.RunAsync(cancellationToken: cancellation.Token));
    }

    [Fact]
    public void A_whole_body_may_take_five_minutes() => Assert.Equal(TimeSpan.FromMinutes(5), SpotifyBounds.Default.BodyTime);

    private static byte[] Padded(int length)
    {
        var page = new byte[length];
        page.AsSpan().Fill((byte)' ');
        """{"offset":0,"total":1,"items":[{"item":{}}]}"""u8.CopyTo(page);
        return page;
    }

    private static byte[] Packed(byte[] body, string encoding)
    {
        MemoryStream packed = new();
        using (Stream packing = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest),
            _ => new BrotliStream(packed, CompressionLevel.Fastest),
        })
        {
            packing.Write(body);
        }

        return packed.ToArray();
    }
}
