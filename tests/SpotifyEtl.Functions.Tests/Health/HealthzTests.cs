using System.Text.Json.Nodes;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Orchestrators;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Functions.Tests.Health;

public sealed class HealthzTests
{
    [Fact]
    public async Task An_app_without_a_good_run_is_not_healthy_and_after_one_it_is_until_the_run_is_too_old()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);

        var before = await AskAsync(workflow);
        await workflow.RunAsync();
        var after = await AskAsync(workflow);
        workflow.Clock.Advance(TimeSpan.FromHours(26));
        var justYet = await AskAsync(workflow);
        workflow.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await AskAsync(workflow);
        await workflow.RunAsync("next");
        var again = await AskAsync(workflow);

        Assert.Equal((503, """{"status":"NoGoodRun"}"""), before);
        Assert.Equal((200, """{"status":"Healthy"}"""), after);
        Assert.Equal(after, justYet);
        Assert.Equal((503, """{"status":"Stale"}"""), later);
        Assert.Equal(after, again);
    }

    [Fact]
    public async Task The_details_name_the_last_good_run_and_its_age_and_the_age_that_is_allowed()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        await workflow.RunAsync("good");
        var ended = (await workflow.RecordAsync("good"))!.EndedAt;
        workflow.Clock.Advance(TimeSpan.FromHours(1));
        workflow.Stage("bad.json");
        workflow.Lake.Before = (what, key) =>
        {
            if (what == "open" && key.EndsWith("bad.json", StringComparison.Ordinal))
            {
                throw new PermanentEtlException("no permission");
            }
        };
        await workflow.RunAsync("bad");

        var (status, body) = await AskAsync(workflow, "/api/healthz/details");

        var details = JsonNode.Parse(body)!.AsObject();
        Assert.Equal(200, status);
        Assert.Equal(["status", "lastGoodRun", "ageSeconds", "maxAgeSeconds"], details.Select(property => property.Key));
        Assert.Equal(("good", ended), ((string?)details["lastGoodRun"]!["runId"], (DateTimeOffset)details["lastGoodRun"]!["endedAt"]!));
        Assert.Equal((workflow.Clock.GetUtcNow() - ended).TotalSeconds, (double)details["ageSeconds"]!);
        Assert.Equal(26 * 3600, (double)details["maxAgeSeconds"]!);
    }

    [Fact]
    public async Task A_run_that_only_processes_files_again_is_no_fresh_data()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        workflow.Request = workflow.Request with { Reprocess = new ReprocessRange(null, null) };
        await workflow.RunAsync();

        Assert.Equal(RunStatus.Succeeded, (await workflow.RecordAsync()).Status);
        Assert.Equal((503, """{"status":"NoGoodRun"}"""), await AskAsync(workflow));
    }

    [Fact]
    public async Task Where_runs_are_started_by_hand_age_does_not_matter()
    {
        await using var workflow = await Workflow.StartAsync(
            withHttp: true, settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Health:MaxAge"] = "00:00:00" });

        Assert.Equal((200, """{"status":"Healthy"}"""), await AskAsync(workflow));
    }

    [Fact]
    public async Task A_lake_that_cannot_be_read_is_told_with_its_reason_in_the_details_alone()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        workflow.Lake.Before = (_, _) => throw new TransientEtlException("s3://bucket is not to be reached.");

        Assert.Equal((503, """{"status":"Unreadable"}"""), await AskAsync(workflow));
        var (status, body) = await AskAsync(workflow, "/api/healthz/details");

        Assert.Equal((503, "s3://bucket is not to be reached."), (status, (string?)JsonNode.Parse(body)!["problem"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"runId\":\"good\",\"endedAt\":\"2026")]
    [InlineData("{\"runId\":null,\"endedAt\":\"2026-11-22T06:00:00Z\"}")]
    [InlineData("[]")]
    public async Task A_broken_record_of_the_last_good_run_is_named_and_the_next_good_run_mends_it(string text)
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        workflow.Lake[LakeKeys.LastGoodRun] = System.Text.Encoding.UTF8.GetBytes(text);

        var before = await AskAsync(workflow);
        var (_, details) = await AskAsync(workflow, "/api/healthz/details");
        await workflow.RunAsync();

        Assert.Equal((503, """{"status":"Unreadable"}"""), before);
        Assert.Contains("run_data/last_good_run.json cannot be read", (string?)JsonNode.Parse(details)!["problem"], StringComparison.Ordinal);
        Assert.Contains("The next run that succeeds writes it anew.", (string?)JsonNode.Parse(details)!["problem"], StringComparison.Ordinal);
        Assert.Equal((200, """{"status":"Healthy"}"""), await AskAsync(workflow));
    }

    [Fact]
    public async Task A_broken_record_of_a_run_or_a_file_is_not_healths_matter()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        await workflow.RunAsync();
        workflow.Lake["run_data/runs/run.json"] = [];
        workflow.Lake["run_data/files/run/a.json"] = [];

        Assert.Equal((200, """{"status":"Healthy"}"""), await AskAsync(workflow));
    }

    [Fact]
    public async Task Asking_often_reads_the_lake_twice_a_minute()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        await workflow.RunAsync();
        var reads = 0;
        workflow.Lake.Before = (what, key) => reads += what == "open" && key == LakeKeys.LastGoodRun ? 1 : 0;

        for (var seconds = 0; seconds < 60; seconds += 5)
        {
            await AskAsync(workflow);
            workflow.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(2, reads);
    }

    private static async Task<(int Status, string Body)> AskAsync(Workflow workflow, string path = "/api/healthz")
    {
        using HttpClient http = new() { BaseAddress = workflow.Url };
        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
