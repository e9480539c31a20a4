using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using EmbeddedHost.Tests.Hosting;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Hosting;

/// <summary>The function app as it is built for Azure, on EmbeddedHost as a program.</summary>
public sealed class AppInItsOwnProcessTests : IDisposable
{
    private const int Files = 40;
    private const string RunId = "mine";

    private static readonly string s_app = Path.GetFullPath(
        typeof(AppInItsOwnProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "AppFolder").Value!);

    private readonly SpotifyEtlProgram _local = new();

    [Fact]
    public async Task It_leaves_the_bytes_of_the_local_edition_though_its_worker_and_then_its_host_are_killed()
    {
        await using var server = await BucketLake.CreateAsync();
        var bucket = server.S3.CreateBucket(BucketLake.Bucket);
        using var s3 = server.S3Client();
        foreach (var number in Enumerable.Range(0, Files))
        {
            var content = number % 20 == 7 ? "[1," : RawFile.Page($"f{number}s", 40);
            _local.Write($"raw/f{number:00}.json", content);
            await s3.PutObjectAsync(
                new() { BucketName = BucketLake.Bucket, Key = $"{LakeKeys.ToProcess}f{number:00}.json", ContentBody = content }, Cancellation);
        }

        await _local.RunAsync("run", "--raw", "raw", "--lake", "file:local", "--state", "local-state");
        using (var first = await StartAsync(server))
        {
            TaskCompletionSource half = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var moved = 0;
            Lock moving = new();
            server.Faults = request =>
            {
                if (request.Operation == "DeleteObject" && request.Key.StartsWith(LakeKeys.ToProcess, StringComparison.Ordinal))
                {
                    lock (moving)
                    {
                        moved++;
                        if (moved == Files / 4)
                        {
                            first.KillWorker();
                        }
                        else if (moved >= Files / 2 && first.WorkerIds.Count > 1)
                        {
                            half.TrySetResult();
                        }
                    }
                }

                return null;
            };
            using var started = await first.Http.PostAsJsonAsync("api/runs", new { runId = RunId, playlists = Array.Empty<string>() }, Cancellation);
            Assert.Equal(System.Net.HttpStatusCode.Accepted, started.StatusCode);
            await half.Task.WaitAsync(Cancellation);
            await first.KillAsync(withWorker: true);
            Assert.Equal(2, first.WorkerIds.Count);
        }

        server.Faults = _ => null;
        Assert.NotEmpty(bucket.List(LakeKeys.ToProcess, "", 1));
        using var second = await StartAsync(server);
        Assert.Equal("Succeeded", (string?)(await EndAsync(second))["result"]!["status"]);
        Assert.Equal(0, await second.StopAsync());
        Assert.Equal(SpotifyEtlProgram.Contents(_local.PathOf("local")), await BucketLake.ContentsAsync(s3, BucketLake.Bucket));
    }

    public void Dispose() => _local.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<HostProgram> StartAsync(AwsServer server)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["Schedule"] = "0 0 6 1 1 *",
            ["Lake__Uri"] = BucketLake.Uri,
            ["Spotify__ClientId"] = "id",
            ["Spotify__ClientSecret"] = "secret",
        };
        BucketLake.Use(settings, server.Url, AwsServer.Region);
        return HostProgram.StartAsync([s_app, "--port", "0", "--state", _local.PathOf("state")], settings);
    }

    private static async Task<JsonObject> EndAsync(HostProgram program)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var run = await program.Http.GetFromJsonAsync<JsonObject>($"api/runs/{RunId}", Cancellation);
            if ((string?)run!["status"] is "Succeeded" or "Failed" or "Cancelled")
            {
                return run;
            }

            await poll.WaitForNextTickAsync(Cancellation);
        }
    }
}
