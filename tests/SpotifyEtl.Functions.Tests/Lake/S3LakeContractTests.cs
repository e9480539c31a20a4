using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.S3;
using SpotifyEtl.Local.Tests.Lake;

namespace SpotifyEtl.Functions.Tests.Lake;

/// <summary>What every lake promises, of one on the tests' own server.</summary>
public sealed class S3LakeOnLoopbackTests : LakeContract, IAsyncDisposable
{
    private AwsServer? _server;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    protected override async Task<ILake> CreateLakeAsync()
    {
        _server = await AwsServer.StartAsync();
        _server.S3.CreateBucket("bucket");
        return new S3Lake(_server.S3Client(), new LakeOptions { Uri = "s3://bucket/lake" }, TimeProvider.System, S3Limits.Default);
    }
}

/// <summary>What every lake promises, of one on a server that others made.</summary>
public sealed class S3LakeOnMotoTests(MotoServer moto) : LakeContract
{
    // Moto answers each request in a thread of its own, and holds no lock from comparing an ETag to writing. S3 itself does both in one step.
    protected override bool ReplacesInOneStep => false;

    protected override async Task<ILake> CreateLakeAsync()
    {
        var bucket = await moto.CreateBucketAsync();
        return new S3Lake(moto.S3Client(), new LakeOptions { Uri = $"s3://{bucket}/lake" }, TimeProvider.System, S3Limits.Default);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_who_replace_an_object_the_later_is_refused(bool isThere)
    {
        var lake = await CreateLakeAsync();
        if (isThere)
        {
            await WriteAsync(lake, "analytics_data/x", [1]);
        }

        await using var first = await lake.BeginReplacementAsync("analytics_data/x", Cancellation);
        await using var second = await lake.BeginReplacementAsync("analytics_data/x", Cancellation);
        await first.After.WriteAsync(new byte[] { 2 }, Cancellation);
        await second.After.WriteAsync(new byte[] { 3 }, Cancellation);

        Assert.True(await first.TryCommitAsync(Cancellation));
        Assert.False(await second.TryCommitAsync(Cancellation));
        Assert.Equal([2], await ReadAsync(lake, "analytics_data/x"));
    }

    [Fact]
    public async Task An_object_in_parts_reads_back_and_moves()
    {
        var lake = await CreateLakeAsync();
        var bytes = System.Security.Cryptography.RandomNumberGenerator.GetBytes(20_000_000);

        await WriteAsync(lake, "from/large", bytes);
        await lake.MoveAsync("from/large", "to/large", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), Cancellation);

        Assert.Equal(bytes, await ReadAsync(lake, "to/large"));
        Assert.Equal(["to/large"], await KeysAsync(lake, ""));
    }
}
