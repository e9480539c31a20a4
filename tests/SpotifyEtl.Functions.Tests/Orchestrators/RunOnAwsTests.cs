using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Analytics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Functions.Tests.Deploy;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.S3;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

public sealed partial class RunOnAwsTests
{
    private const int Files = 6;

    /// <summary>The short form; the long one is asked for by this setting.</summary>
    private static int FaultyRuns => int.Parse(Environment.GetEnvironmentVariable("FAULTY_RUNS") ?? "10", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_run_fills_the_bucket_refreshes_all_crawlers_and_finds_what_it_wrote()
    {
        await using var server = await ServerAsync("bucket");
        await using var workflow = await AwsWorkflow.StartAsync(server, "bucket", retries: 0);

        var end = await workflow.RunAsync();

        Assert.True(end.RuntimeStatus is OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ErrorMessage);
        var contents = Contents(server, "bucket");
        Assert.Equal(((Table.All.Count - 1) * Files) + 2, contents.Keys.Count(key => !key.StartsWith(LakeKeys.Analytics, StringComparison.Ordinal)));
        Assert.Equal(
            Table.All.Where(table => table != Table.Rejected && table != Table.Play)
                .Select(table => table.TypedKeyFor("2024-06"))
                .Order(StringComparer.Ordinal),
            contents.Keys.Where(key => key.StartsWith(LakeKeys.Analytics, StringComparison.Ordinal)));
        Assert.DoesNotContain(contents.Keys, key => key.StartsWith(LakeKeys.ToProcess, StringComparison.Ordinal));
        Assert.Equal(Table.Crawled.Select(CatalogOptions.CrawlerOf).Order(StringComparer.Ordinal), server.Glue.Started.Order(StringComparer.Ordinal));
        Assert.NotEmpty(server.Athena.Starts);
    }

    [Fact]
    public async Task A_run_needs_no_permission_that_the_template_of_the_deployment_does_not_give()
    {
        await using var server = await ServerAsync("bucket");
        using var s3 = server.S3Client();
        S3Lake lake = new(s3, new LakeOptions { Uri = "s3://bucket" }, TimeProvider.System, S3Limits.Default);
        await PutAsync(lake, RawFileName.For("playlist1", DateTimeOffset.UnixEpoch).ToProcessKey, MadeUp.Own(MadeUp.Row("extracted")).ToJsonString());
        var policy = RolePolicy.Of(AwsTemplate.ForAzure(("BucketName", "bucket")));
        ConcurrentQueue<string> refusals = [];
        server.Faults = request =>
        {
            if (policy.Refusal(request) is not { } refusal)
            {
                return null;
            }

            refusals.Enqueue(refusal);
            return Fault.Error(403, "AccessDenied", $"not allowed: {refusal}");
        };
        await using var workflow = await AwsWorkflow.StartAsync(server, "bucket", retries: 0);

        var end = await workflow.RunAsync();

        Assert.True(end.RuntimeStatus is OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ErrorMessage);
        Assert.Empty(refusals);
        var keys = server.S3.CreateBucket("bucket").List("", "", int.MaxValue).Select(item => item.Key).ToList();
        Assert.Contains(LakeKeys.PlaylistRecord("playlist1"), keys);
        Assert.Contains($"{LakeKeys.Rejected}bad.json", keys);
        Assert.Equal(Table.Crawled.Count, server.Glue.Started.Count);
        Assert.NotEmpty(server.Athena.Starts);
    }

    [Fact]
    public async Task On_the_stack_of_an_earlier_version_a_run_succeeds_with_a_warning_and_the_next_on_a_newer_stack_writes_the_typed_tables()
    {
        await using var server = await ServerAsync("bucket");
        server.Faults = request => request.Key.StartsWith(LakeKeys.Analytics, StringComparison.Ordinal) || request.Operation == "BatchCreatePartition"
            ? Fault.Error(403, "AccessDenied", "not allowed")
            : null;
        await using var workflow = await AwsWorkflow.StartAsync(server, "bucket", retries: 0);

        var before = await workflow.RunAsync();
        server.Faults = _ => null;
        var after = await workflow.RunAsync();

        Assert.True(before.RuntimeStatus is OrchestrationRuntimeStatus.Completed, before.FailureDetails?.ErrorMessage);
        var warnings = before.ReadOutputAs<RunResult>()!.Warnings!.Where(warning => warning.Contains("functions/deploy/aws.yaml", StringComparison.Ordinal));
        Assert.Equal(2, warnings.Count());
        Assert.True(after.RuntimeStatus is OrchestrationRuntimeStatus.Completed, after.FailureDetails?.ErrorMessage);
        Assert.DoesNotContain(after.ReadOutputAs<RunResult>()!.Warnings ?? [], warning => warning.Contains("aws.yaml", StringComparison.Ordinal));
        Assert.Contains(Table.Song.TypedKeyFor("2024-06"), Contents(server, "bucket").Keys);
    }

    [Fact]
    public async Task A_further_run_of_one_file_makes_as_many_calls_whatever_its_month_and_the_lake_hold()
    {
        Assert.Equal(await CallsOfOneMoreAsync(held: 2), await CallsOfOneMoreAsync(held: 70));
    }

    private static async Task<IReadOnlyList<string>> CallsOfOneMoreAsync(int held)
    {
        await using var server = await ServerAsync("bucket", held);
        await using var workflow = await AwsWorkflow.StartAsync(server, "bucket", retries: 0);
        await workflow.RunAsync();
        using var s3 = server.S3Client();
        S3Lake lake = new(s3, new LakeOptions { Uri = "s3://bucket" }, TimeProvider.System, S3Limits.Default);
        await PutAsync(lake, $"{LakeKeys.ToProcess}e.json", MadeUp.Own(MadeUp.Row("more")).ToJsonString());
        server.Requests.Clear();

        var end = await workflow.RunAsync();

        Assert.True(end.RuntimeStatus is OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ErrorMessage);
        var calls = server.Requests.CountBy(request => $"{request.Service} {request.Operation}");
        return [.. calls.Select(operation => $"{operation.Key} {operation.Value}").Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_crawler_that_runs_already_is_waited_for_and_then_started()
    {
        await using var server = await ServerAsync("bucket");
        var crawler = server.Glue[CatalogOptions.CrawlerOf(Table.Song)];
        Assert.True(crawler.TryStart());
        await using var workflow = await AwsWorkflow.StartAsync(server, "bucket", retries: 0);

        var end = await workflow.RunAsync();

        Assert.True(end.RuntimeStatus is OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ErrorMessage);
        Assert.Single(server.Glue.Started, name => name == CatalogOptions.CrawlerOf(Table.Song));
    }

    [Fact]
    public async Task A_crawl_that_fails_fails_the_run_with_Glues_reason_and_all_else_is_done()
    {
        await using var server = await ServerAsync("bucket");
        server.Glue[CatalogOptions.CrawlerOf(Table.Song)].Outcome = "FAILED";
        server.Glue[CatalogOptions.CrawlerOf(Table.Song)].ErrorMessage = "Access denied to the bucket.";
        await using var workflow = await AwsWorkflow.StartAsync(server, "bucket", retries: 0);

        var end = await workflow.RunAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("spotify_song_crawler", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("Access denied to the bucket", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(Table.Crawled.Count, server.Glue.Started.Count);
        Assert.DoesNotContain(Contents(server, "bucket").Keys, key => key.StartsWith(LakeKeys.ToProcess, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lake_that_may_not_be_read_fails_the_run_at_once_and_says_what_is_missing()
    {
        await using var server = await ServerAsync("bucket");
        server.Faults = request => request.Service == "s3" ? Fault.Error(403, "AccessDenied", "Access Denied") : null;
        await using var workflow = await AwsWorkflow.StartAsync(server, "bucket", retries: 2);

        var end = await workflow.RunAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("s3://bucket/raw_data/to_process/", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("permission s3:ListBucket", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task When_every_fifth_call_fails_a_run_ends_with_a_complete_lake_or_a_clear_failure_and_the_next_run_completes()
    {
        await using var undisturbed = await ServerAsync("bucket");
        await using (var workflow = await AwsWorkflow.StartAsync(undisturbed, "bucket", retries: 0))
        {
            await workflow.RunAsync();
        }

        var expected = Contents(undisturbed, "bucket");
        var completed = 0;
        await Parallel.ForEachAsync(Enumerable.Range(1, FaultyRuns), new ParallelOptions { MaxDegreeOfParallelism = 5 }, async (seed, _) =>
        {
            await using var server = await ServerAsync("bucket");
            RandomFaults faults = new((ulong)seed);
            server.Faults = faults.Next;
            await using var workflow = await AwsWorkflow.StartAsync(server, "bucket", retries: 1);

            var end = await workflow.RunAsync();
            if (end.RuntimeStatus is OrchestrationRuntimeStatus.Completed)
            {
                Interlocked.Increment(ref completed);
            }
            else
            {
                Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
                Assert.Matches("Cannot|was replaced|was started|Crawler|crawler|Run its crawler", end.FailureDetails!.ErrorMessage);
            }

            Assert.True(faults.Count > 0, "nothing failed");
            if (end.RuntimeStatus is OrchestrationRuntimeStatus.Failed)
            {
                server.Faults = _ => null;
                var again = await workflow.RunAsync();
                Assert.True(again.RuntimeStatus is OrchestrationRuntimeStatus.Completed, $"seed {seed}: {again.FailureDetails?.ErrorMessage}");
            }

            Assert.Equal(expected, Contents(server, "bucket"));
            Assert.Empty(server.S3.Uploads);
        });

        Assert.True(completed > 0, "no run withstood the faults");
        TestContext.Current.SendDiagnosticMessage($"{completed} of {FaultyRuns} runs completed in spite of the faults.");
    }

    private static async Task<AwsServer> ServerAsync(string bucketName, int files = Files)
    {
        var server = await AwsServer.StartAsync();
        var bucket = server.S3.CreateBucket(bucketName);
        using var s3 = server.S3Client();
        S3Lake lake = new(s3, new LakeOptions { Uri = $"s3://{bucketName}" }, TimeProvider.System, S3Limits.Default);
        for (var number = 0; number < files; number++)
        {
            await PutAsync(lake, $"{LakeKeys.ToProcess}f{number}.json", MadeUp.Own(MadeUp.Row($"s{number}")).ToJsonString());
        }

        await PutAsync(lake, $"{LakeKeys.ToProcess}bad.json", "{\"items\":[\n{]");
        foreach (var table in Table.Crawled)
        {
            server.Glue.Create(CatalogOptions.CrawlerOf(table));
        }

        server.Athena.Answer = sql =>
        {
            var shown = Month().Match(sql) is { Success: true } typed
                ? CountTyped(bucket, typed.Groups["table"].Value, typed.Groups["month"].Value)
                : Count(bucket, sql);
            return new AthenaAnswer([("shown", "bigint")], [[shown.ToString(CultureInfo.InvariantCulture)]]);
        };
        server.Requests.Clear();
        return server;
    }

    private static async Task PutAsync(S3Lake lake, string key, string text)
    {
        await using var writer = await lake.CreateAsync(key, TestContext.Current.CancellationToken);
        await writer.Stream.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        await writer.CommitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The rows of the objects that the statement names: no field of them holds a line break.</summary>
    private static int Count(S3FakeBucket bucket, string sql) => Address().Matches(sql)
        .Select(match => bucket.List(match.Groups["key"].Value, "", 1))
        .Sum(found => found.Count == 0 ? 0 : found[0].Value.Bytes().Count(letter => letter == '\n') - 1);

    private static long CountTyped(S3FakeBucket bucket, string typedName, string month)
    {
        var key = Table.All.Single(table => table.TypedName == typedName).TypedKeyFor(month);
        var found = bucket.List(key, "", 1);
        return found.Count == 0
            ? 0
            : MonthFooter.ReadAsync(key, new MemoryStream(found[0].Value.Bytes()), TestContext.Current.CancellationToken).GetAwaiter().GetResult().Rows;
    }

    private static SortedDictionary<string, string> Contents(AwsServer server, string bucket) => new(
        server.S3.CreateBucket(bucket).List("", "", int.MaxValue)
            .Where(item => !item.Key.StartsWith("run_data/", StringComparison.Ordinal))
            .ToDictionary(item => item.Key, item => Convert.ToHexString(SHA256.HashData(item.Value.Bytes())), StringComparer.Ordinal),
        StringComparer.Ordinal);

    [GeneratedRegex("'s3://bucket/(?<key>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex("\"(?<table>[a-z_]+)\" WHERE month = '(?<month>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Month();
}
