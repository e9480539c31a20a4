using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Orchestrators;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Functions.Tests.Notifications;

public sealed class RunNotificationsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_run_that_fails_and_the_first_that_works_again_are_told_once_each()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var workflow = await StartAsync(receiver.Url);
        await workflow.RunAsync("day1");
        Refuse(workflow, "bad.json");
        await workflow.RunAsync("day2");
        await workflow.RunAsync("day3");
        Refuse(workflow, null);

        await workflow.RunAsync("day4");
        await workflow.RunAsync("day5");

        Assert.Equal(["day2:failed", "day4:recovered"], receiver.Ids);
    }

    [Fact]
    public async Task What_is_posted_says_which_run_of_which_lake_and_what_went_wrong()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var workflow = await StartAsync(receiver.Url);
        Refuse(workflow, "bad.json");
        await workflow.RunAsync("one");
        Refuse(workflow, null);

        await workflow.RunAsync("two");

        var (failed, recovered) = (receiver.Posted.First(), receiver.Posted.Last());
        var record = (await workflow.RecordAsync("one"))!;
        Assert.Equal(
            ["id", "event", "text", "lake", "runId", "startedAt", "endedAt", "failedRunId", "problems", "problemCount"],
            failed.Select(property => property.Key));
        Assert.Equal(failed.Select(property => property.Key), recovered.Select(property => property.Key));
        Assert.Equal(
            ("run.failed", "memory:", "one", null, 1),
            ((string?)failed["event"], (string?)failed["lake"], (string?)failed["runId"], (string?)failed["failedRunId"], (int)failed["problemCount"]!));
        Assert.Equal((record.StartedAt, record.EndedAt), ((DateTimeOffset)failed["startedAt"]!, (DateTimeOffset)failed["endedAt"]!));
        Assert.Equal(record.Problems, failed["problems"]!.AsArray().Select(problem => (string)problem!));
        Assert.Equal(
            "SpotifyEtl: run one on memory: failed. File raw_data/to_process/bad.json stays there: TransformFile: no permission for &lt;you&gt; &amp; others",
            (string?)failed["text"]);
        Assert.Equal(
            ("run.recovered", "two", "one", 0),
            ((string?)recovered["event"], (string?)recovered["runId"], (string?)recovered["failedRunId"], (int)recovered["problemCount"]!));
        Assert.Equal("SpotifyEtl: run two on memory: succeeded; run one had failed.", (string?)recovered["text"]);
    }

    [Fact]
    public async Task A_run_that_fails_before_there_is_a_record_of_it_is_told_too()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var workflow = await StartAsync(receiver.Url);
        workflow.Lake.Before = (what, key) =>
        {
            if (key == LakeKeys.RunRecord("one") || (what == "open" && key == LakeKeys.Notification))
            {
                throw new PermanentEtlException("The disk is gone.");
            }
        };

        var end = await workflow.RunAsync("one");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.DoesNotContain(LakeKeys.RunRecord("one"), workflow.Lake.Keys);
        var told = Assert.Single(receiver.Posted);
        Assert.Equal("one:failed", (string?)told["id"]);
        Assert.Equal(["The disk is gone."], told["problems"]!.AsArray().Select(problem => (string)problem!));
    }

    [Fact]
    public async Task A_receiver_that_is_down_for_a_while_gets_the_notification_when_it_is_back()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var workflow = await StartAsync(receiver.Url);
        Queue<int> statuses = new([500, 503, 429]);
        receiver.AnswerAsync = _ => Task.FromResult(Results.StatusCode(statuses.TryDequeue(out var status) ? status : 204));
        Refuse(workflow, "bad.json");

        await workflow.RunAsync("one");
        await workflow.RunAsync("two");

        Assert.Equal(["one:failed", "one:failed", "one:failed", "one:failed"], receiver.Ids);
        Assert.Null((await workflow.RecordAsync("one"))!.Warnings);
    }

    [Fact]
    public async Task A_receiver_that_stays_down_is_a_warning_in_the_record_and_the_next_run_tells()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var workflow = await StartAsync(receiver.Url);
        receiver.AnswerAsync = _ => Task.FromResult(Results.StatusCode(500));
        Refuse(workflow, "bad.json");
        var first = await workflow.RunAsync("one");
        receiver.AnswerAsync = _ => Task.FromResult(Results.Ok());

        await workflow.RunAsync("two");

        Assert.Equal(["one:failed", "one:failed", "one:failed", "one:failed", "two:failed"], receiver.Ids);
        Assert.Equal(
            ["How this run ended could not be told: The webhook (Notify__WebhookUrl) answered 500 to notification one:failed. It can be posted again."],
            (await workflow.RecordAsync("one"))!.Warnings);
        Assert.StartsWith(
            "SpotifyEtl.Errors.PermanentEtlException: Run one failed: File raw_data/to_process/bad.json stays there",
            first.SerializedOutput,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_does_not_know_the_address_is_asked_once_and_a_good_run_stays_good()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var workflow = await StartAsync(receiver.Url);
        Refuse(workflow, "bad.json");
        await workflow.RunAsync("one");
        Refuse(workflow, null);
        receiver.AnswerAsync = _ => Task.FromResult(Results.NotFound());

        var end = await workflow.RunAsync("two");

        Assert.Equal(["one:failed", "two:recovered"], receiver.Ids);
        Assert.Equal(RunStatus.Succeeded, end.ReadOutputAs<RunResult>()!.Status);
        var record = (await workflow.RecordAsync("two"))!;
        Assert.Equal(RunStatus.Succeeded, record.Status);
        Assert.Equal(
            [
                "How this run ended could not be told: The webhook (Notify__WebhookUrl) refused notification two:recovered with 404. See that the "
                    + "address is right and takes JSON."
            ],
            record.Warnings);
    }

    [Theory]
    [InlineData("told")]
    [InlineData("500")]
    [InlineData("400")]
    [InlineData("cut off")]
    [InlineData("not reached")]
    public async Task The_webhooks_address_is_shown_nowhere(string way)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var url = way == "not reached" ? $"http://127.0.0.1:1/services/{WebhookReceiver.Token}" : receiver.Url;
        await using var workflow = await StartAsync(url, withHttp: true);
        receiver.AnswerAsync = async notification =>
        {
            await Task.CompletedTask;
            return way switch
            {
                "500" => Results.Text(receiver.Url, statusCode: 500),
                "400" => Results.Text(receiver.Url, statusCode: 400),
                "cut off" => throw new IOException("gone"),
                _ => Results.Text(receiver.Url),
            };
        };
        Refuse(workflow, "bad.json");
        using HttpClient http = new() { BaseAddress = workflow.Url };

        await workflow.RunAsync("one");

        StringBuilder seen = new(await http.GetStringAsync("/api/runs/one", Cancellation));
        seen.Append(
            await http.GetStringAsync("/runtime/webhooks/durabletask/instances/one?showInput=true&showHistory=true&showHistoryOutput=true", Cancellation))
            .AppendJoin('\n', workflow.Log.Lines)
            .AppendJoin('\n', workflow.Lake.Keys.Select(workflow.Lake.Text));
        Assert.Equal(way == "told", workflow.Lake.Keys.Contains(LakeKeys.Notification));
        Assert.Equal(way != "told", (await workflow.RecordAsync("one"))!.Warnings is [_]);
        Assert.Contains(
            workflow.Log.Lines, line => line.Contains("SendNotification", StringComparison.Ordinal) || line.Contains("one:failed", StringComparison.Ordinal));
        Assert.DoesNotContain(WebhookReceiver.Token, seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("/services/", seen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_told_of_a_run_that_is_cancelled()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var workflow = await StartAsync(receiver.Url, withHttp: true);
        using HttpClient http = new() { BaseAddress = workflow.Url };
        TaskCompletionSource held = new();
        workflow.Stage("slow.json");
        workflow.Lake.Before = (what, key) =>
        {
            if (what == "open" && key.EndsWith("slow.json", StringComparison.Ordinal))
            {
                held.Task.Wait(Cancellation);
            }
        };
        using var started = await http.PostAsync("/api/runs", new StringContent("""{"runId":"one"}""", Encoding.UTF8, "application/json"), Cancellation);
        await workflow.WaitForStatusAsync("one", progress => progress.Phase is RunPhase.Transform && progress.Total == 1);

        using var cancelled = await http.PostAsync("/api/runs/one/cancel", content: null, Cancellation);
        held.SetResult();
        await workflow.RunAsync("two");

        Assert.True(cancelled.IsSuccessStatusCode);
        Assert.Empty(receiver.Posted);
    }

    private static async Task<Workflow> StartAsync(string url, bool withHttp = false)
    {
        var workflow = await Workflow.StartAsync(
            withHttp: withHttp, settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Notify:WebhookUrl"] = url });
        workflow.Request = workflow.Request with { Notify = true };
        return workflow;
    }

    // Lets the runs from now on fail at a file, or no longer.
    private static void Refuse(Workflow workflow, string? file)
    {
        if (file is not null)
        {
            workflow.Stage(file);
        }

        workflow.Lake.Before = (what, key) =>
        {
            if (what == "open" && file is not null && key.EndsWith(file, StringComparison.Ordinal))
            {
                throw new PermanentEtlException("no permission for <you> & others");
            }
        };
    }
}
