using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Lake.S3;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Functions.Tests.Runs;

public sealed class LoadedPlaylistsTests : IAsyncLifetime
{
    private static readonly RawFileName s_older = RawFileName.For("playlist1", new DateTimeOffset(2026, 11, 21, 6, 0, 0, TimeSpan.Zero));
    private static readonly RawFileName s_newer = RawFileName.For("playlist1", new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));

    private AwsServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await AwsServer.StartAsync();
        _server.S3.CreateBucket("bucket");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_newer_of_two_files_is_noted_even_when_another_run_writes_between_the_look_and_the_write(bool isFirstRecord)
    {
        using var s3 = _server.S3Client();
        var loaded = Loaded(s3);
        if (!isFirstRecord)
        {
            await loaded.NoteAsync(RawFileName.For("playlist1", DateTimeOffset.UnixEpoch), "first", Cancellation);
        }

        var met = 0;
        _server.Faults = request =>
        {
            // The older run has read the record and is about to write it: the newer one goes before.
            if (request.Operation == "PutObject" && Interlocked.Increment(ref met) == 1)
            {
                Task.Run(() => Loaded(s3).NoteAsync(s_newer, "newer", Cancellation), Cancellation).GetAwaiter().GetResult();
            }

            return null;
        };

        await loaded.NoteAsync(s_older, "older", Cancellation);

        Assert.Equal(2, met);
        Assert.Equal(
            new LoadedPlaylist("playlist1", "newer", s_newer.ExtractedAt!.Value, s_newer.ProcessedKey), await loaded.FindAsync("playlist1", Cancellation));
    }

    [Fact]
    public async Task A_note_whose_answer_was_lost_is_repeated_and_stands()
    {
        using var s3 = _server.S3Client(retries: 1);
        var lost = false;
        _server.Faults = request => request.Operation == "PutObject" && !lost && (lost = true) ? Fault.LostAnswer : null;

        await Loaded(s3).NoteAsync(s_newer, "newer", Cancellation);

        Assert.True(lost);
        Assert.Equal("newer", (await Loaded(s3).FindAsync("playlist1", Cancellation))?.SnapshotId);
    }

    private static LoadedPlaylists Loaded(Amazon.S3.IAmazonS3 s3) =>
        new(new LakeRecords(new S3Lake(s3, new LakeOptions { Uri = "s3://bucket" }, TimeProvider.System, S3Limits.Default)));
}
