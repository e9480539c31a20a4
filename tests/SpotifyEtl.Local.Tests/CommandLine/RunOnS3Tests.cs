using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpotifyEtl.Catalog;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.CommandLine;

public sealed class RunOnS3Tests(MotoServer moto)
{
    [Fact]
    public async Task A_run_on_moto_leaves_the_bytes_that_it_leaves_in_a_folder_and_waits_for_all_crawlers()
    {
        var bucket = await moto.CreateBucketAsync();
        using SpotifyEtlProgram program = new();
        BucketLake.Use(program.Settings, moto.Url, "us-east-1");
        WriteRaw(program);
        await program.RunAsync("run", "--raw", "raw", "--lake", "file:folder", "--state", "folder-state");
        await CreateCrawlersAsync(bucket);
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var crawling = LetCrawlersWorkAsync(ended.Token);

        var run = await program.RunAsync("run", "--raw", "raw", "--lake", $"s3://{bucket}", "--json");
        await ended.CancelAsync();
        await crawling;

        Assert.True(run.ExitCode == 0, run.Errors);
        var crawlers = JsonNode.Parse(run.Output)!["crawlers"]!.AsArray();
        Assert.Equal(Table.Crawled.Count, crawlers.Count);
        Assert.All(crawlers, crawler => Assert.Equal("Succeeded", (string?)crawler!["status"]));
        using var s3 = moto.S3Client();
        Assert.Equal(SpotifyEtlProgram.Contents(program.PathOf("folder")), await BucketLake.ContentsAsync(s3, bucket));
    }

    [Fact]
    public async Task A_run_and_a_query_on_loopback_work_and_the_query_tells_its_cost()
    {
        await using var server = await BucketLake.CreateAsync();
        server.Athena.Answer = _ => new AthenaAnswer([("songs", "bigint")], [["3"]]) { ScannedBytes = 1_500_000 };
        using SpotifyEtlProgram program = new();
        BucketLake.Use(program.Settings, "http://127.0.0.1:1", AwsServer.Region);
        // An address for one service goes before that for all.
        foreach (var service in new[] { "S3", "GLUE", "ATHENA" })
        {
            program.Settings[$"AWS_ENDPOINT_URL_{service}"] = server.Url;
        }

        WriteRaw(program);
        await program.RunAsync("run", "--raw", "raw", "--lake", "file:folder", "--state", "folder-state");

        var run = await program.RunAsync("run", "--raw", "raw", "--lake", BucketLake.Uri);
        var query = await program.RunAsync("query", "SELECT count(*) AS songs FROM song_data", "--format", "csv", "--lake", BucketLake.Uri);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("bad.json was rejected (truncated): ", Assert.Single(run.Complaints.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("  lake     s3://lake-bucket\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(new Ended(0, "songs\n3\n", "Athena scanned 1.5 MB, about $0.00005 at $5 a TB (10 MB at least).\n"), query);
        using var s3 = server.S3Client();
        Assert.Equal(SpotifyEtlProgram.Contents(program.PathOf("folder")), await BucketLake.ContentsAsync(s3, BucketLake.Bucket));
        Assert.All(
            server.Requests.Where(request => request.Headers.ContainsKey("Authorization")),
            request => Assert.Contains($"/{AwsServer.Region}/{request.Service}/aws4_request", request.Headers["Authorization"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serve_runs_on_S3_when_it_is_asked_over_HTTP_and_skips_what_is_loaded()
    {
        await using var server = await BucketLake.CreateAsync();
        using SpotifyEtlProgram program = new();
        BucketLake.Use(program.Settings, server.Url, AwsServer.Region);
        await using var serving = await program.ServeAsync("--lake", BucketLake.Uri);

        using var started = await serving.Http.PostAsync("api/runs", content: null, TestContext.Current.CancellationToken);
        var first = await EndAsync(serving, (string)JsonNode.Parse(await started.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["runId"]!);
        using var repeated = await serving.Http.PostAsync("api/runs", content: null, TestContext.Current.CancellationToken);
        var second = await EndAsync(
            serving, (string)JsonNode.Parse(await repeated.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["runId"]!);
        var ended = await serving.StopAsync();

        Assert.Equal("Loaded", (string?)first["result"]!["playlists"]![0]!["status"]);
        Assert.Equal("Skipped", (string?)second["result"]!["playlists"]![0]!["status"]);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Complaints));
        Assert.Equal(Table.Crawled.Count, server.Glue.Started.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(server.S3.CreateBucket(BucketLake.Bucket).List(Table.Song.Prefix, "", 1), item => item.Value.Size > 0);
        Assert.Equal(2, server.S3.CreateBucket(BucketLake.Bucket).List(LakeKeys.Processed, "", 3).Count);
        Assert.False(Directory.Exists(program.PathOf("lake")), "something was written beside the bucket");
    }

    [Fact]
    public async Task Without_crawlers_a_run_on_S3_succeeds_and_asks_nothing_of_Glue()
    {
        await using var server = await BucketLake.CreateAsync();
        using SpotifyEtlProgram program = new();
        BucketLake.Use(program.Settings, server.Url, AwsServer.Region);
        program.Settings["Catalog__Crawlers"] = ",";
        WriteRaw(program);

        var run = await program.RunAsync("run", "--raw", "raw", "--lake", BucketLake.Uri);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("bad.json was rejected (truncated): ", Assert.Single(run.Complaints.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, request => request.Service == "glue");
    }

    [Fact]
    public async Task Serve_runs_on_S3_when_the_schedule_is_due()
    {
        await using var server = await BucketLake.CreateAsync();
        using SpotifyEtlProgram program = new();
        BucketLake.Use(program.Settings, server.Url, AwsServer.Region);
        program.Settings["Schedule"] = "* * * * * *";
        await using var serving = await program.ServeAsync("--lake", BucketLake.Uri);

        string? run = null;
        while (run is null)
        {
            var runs = await serving.Http.GetFromJsonAsync<JsonArray>("api/runs", TestContext.Current.CancellationToken);
            run = (string?)runs!.LastOrDefault()?["runId"];
        }

        Assert.Equal("Succeeded", (string?)(await EndAsync(serving, run))["result"]!["status"]);
        Assert.NotEmpty(server.S3.CreateBucket(BucketLake.Bucket).List($"{LakeKeys.Runs}{run}.json", "", 1));
    }

    [Fact]
    public async Task The_statement_that_makes_a_view_goes_to_Athena_as_it_is_printed()
    {
        await using var server = await AwsServer.StartAsync();
        server.Athena.Answer = _ => new AthenaAnswer([], []) { HasHeader = false };
        using SpotifyEtlProgram program = new();
        BucketLake.Use(program.Settings, server.Url, AwsServer.Region);
        var statement = (await program.RunAsync("query", "--name", "chart_moves", "--as-view")).Output.TrimEnd();

        var made = await program.RunAsync("query", statement, "--lake", BucketLake.Uri);

        Assert.True(made.ExitCode == 0, made.Errors);
        Assert.Equal(statement, (string?)Assert.Single(server.Athena.Starts)["QueryString"]);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_ends_with_1_and_what_to_do_before_anything_is_done()
    {
        await using var server = await AwsServer.StartAsync();
        using SpotifyEtlProgram program = new();
        BucketLake.Use(program.Settings, server.Url, AwsServer.Region);
        WriteRaw(program);

        var run = await program.RunAsync("run", "--raw", "raw", "--lake", "s3://no-such-bucket");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Cannot list s3://no-such-bucket/raw_data/to_process/: NoSuchBucket", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Lake__Uri", run.Errors, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Without_a_region_a_run_ends_with_2_and_the_setting_that_is_missing()
    {
        using SpotifyEtlProgram program = new();
        BucketLake.Use(program.Settings, "", "");
        program.Settings["AWS_DEFAULT_REGION"] = "";
        program.Settings["AWS_CONFIG_FILE"] = program.PathOf("none");
        program.Settings["AWS_SHARED_CREDENTIALS_FILE"] = program.PathOf("none");
        WriteRaw(program);

        var run = await program.RunAsync("run", "--raw", "raw", "--lake", "s3://bucket");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Set AWS_REGION", run.Errors, StringComparison.Ordinal);
    }

    private static async Task<JsonObject> EndAsync(ServingProgram server, string runId)
    {
        while (true)
        {
            var run = await server.Http.GetFromJsonAsync<JsonObject>($"api/runs/{runId}", TestContext.Current.CancellationToken);
            if ((string?)run!["status"] is "Succeeded" or "Failed" or "Cancelled")
            {
                return run;
            }

            await Task.Yield();
        }
    }

    private static void WriteRaw(SpotifyEtlProgram program)
    {
        foreach (var number in Enumerable.Range(0, 5))
        {
            program.Write($"raw/f{number}.json", RawFile.Page($"f{number}s", 20));
        }

        program.Write("raw/bad.json", "[1,");
    }

    private async Task CreateCrawlersAsync(string bucket)
    {
        await moto.CallAsync("glue", "AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"spotify_database"}}""");
        foreach (var table in Table.Crawled)
        {
            await moto.CallAsync("glue", "AWSGlue.CreateCrawler", JsonSerializer.Serialize(new
            {
                Name = CatalogOptions.CrawlerOf(table),
                Role = "arn:aws:iam::123456789012:role/crawler",
                DatabaseName = "spotify_database",
                Targets = new { S3Targets = new[] { new { Path = $"s3://{bucket}/{table.Prefix}" } } },
            }));
        }
    }

    // moto's crawls go on only while somebody lists them.
    private async Task LetCrawlersWorkAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(300));
        try
        {
            while (await poll.WaitForNextTickAsync(cancellationToken))
            {
                foreach (var table in Table.Crawled)
                {
                    await moto.CallAsync("glue", "AWSGlue.ListCrawls", JsonSerializer.Serialize(new { CrawlerName = CatalogOptions.CrawlerOf(table) }));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }
}
