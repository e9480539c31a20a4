using System.Diagnostics;
using System.Security.Cryptography;
using Amazon.S3;
using Microsoft.Extensions.Options;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.S3;

namespace Benchmarks;

/// <summary>A large object up to S3, moved and down again. The server is a process of its own, so that the peak is the lake's alone.</summary>
internal static class LargeObjectBenchmark
{
    private const int BlockBytes = 1 << 20;

    public static async Task RunAsync(long megabytes)
    {
        await using var server = await LoopbackBucket.StartAsync(TimeSpan.Zero);
        using AmazonS3Client s3 = new(
            AwsServer.Credentials(), new AmazonS3Config { ServiceURL = server.Url, AuthenticationRegion = AwsServer.Region, ForcePathStyle = true });
        S3Lake lake = new(s3, Options.Create(new LakeOptions { Uri = LoopbackBucket.Uri }), TimeProvider.System);
        await MeasureAsync(lake, megabytes);
    }

    private static async Task MeasureAsync(S3Lake lake, long megabytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = RandomNumberGenerator.GetBytes(BlockBytes);
        var start = Stopwatch.GetTimestamp();
        await using (var writer = await lake.CreateAsync("raw_data/to_process/large.json"))
        {
            for (var number = 0L; number < megabytes; number++)
            {
                BitConverter.TryWriteBytes(block, number);
                hash.AppendData(block);
                await writer.Stream.WriteAsync(block);
            }

            await writer.CommitAsync();
        }

        Figure.Print("s3.large_object.upload.mb_per_s", megabytes / Stopwatch.GetElapsedTime(start).TotalSeconds, "MB/s");
        var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        start = Stopwatch.GetTimestamp();
        await lake.MoveAsync("raw_data/to_process/large.json", "raw_data/processed/large.json", sha256);
        Figure.Print("s3.large_object.move.ms", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");

        start = Stopwatch.GetTimestamp();
        await using (var stream = await lake.OpenReadAsync("raw_data/processed/large.json"))
        {
            var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream));
            if (found != sha256)
            {
                throw new InvalidOperationException($"The bytes that came down (sha256 {found}) are not those that went up ({sha256}).");
            }
        }

        Figure.Print("s3.large_object.download.mb_per_s", megabytes / Stopwatch.GetElapsedTime(start).TotalSeconds, "MB/s");
        Figure.Print("s3.large_object.size_mb", megabytes, "MB");
        Figure.Print("s3.large_object.peak_mb", Figure.PeakMegabytes(), "MB");
    }
}
