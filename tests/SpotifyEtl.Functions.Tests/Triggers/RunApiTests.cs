using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Functions.Tests.Orchestrators;
using SpotifyEtl.Instances;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Triggers;

namespace SpotifyEtl.Functions.Tests.Triggers;

public sealed class RunApiTests
{
    [Fact]
    public async Task A_run_is_started_watched_and_found_in_the_list()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        using HttpClient http = new() { BaseAddress = workflow.Url };
        workflow.Stage("a.json");

        using var started = await http.PostAsync("/api/runs", Json("""{"runId":"mine"}"""), Cancellation);
        var links = JsonNode.Parse(await started.Content.ReadAsStringAsync(Cancellation))!;
        await workflow.EndAsync("mine");
        var run = await http.GetFromJsonAsync<JsonObject>("/api/runs/mine", Cancellation);
        var list = await http.GetFromJsonAsync<JsonArray>("/api/runs", Cancellation);
        using var status = await http.GetAsync((string?)links["statusQueryGetUri"], Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Equal("mine", (string?)links["runId"]);
        Assert.Equal(links["statusQueryGetUri"]!.ToString(), started.Headers.Location?.ToString());
        Assert.Equal("Succeeded", (string?)run!["status"]);
        Assert.Equal(1, (int?)run["result"]!["files"]!["transformed"]);
        Assert.Equal(["mine"], list!.Select(item => (string?)item!["runId"]));
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
    }

    [Fact]
    public async Task A_run_of_playlists_without_credentials_is_answered_400_with_their_names()
    {
        await using var workflow = await Workflow.StartAsync(
            withHttp: true,
            settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Spotify:ClientId"] = "", ["Spotify:ClientSecret"] = "" });
        using HttpClient http = new() { BaseAddress = workflow.Url };

        using var answer = await http.PostAsync("/api/runs", Json("""{"playlists":["4hRz0PqVt2mXk9wYc7LbNa"]}"""), Cancellation);

        var message = (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["message"];
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Spotify__ClientId and Spotify__ClientSecret are not set", message, StringComparison.Ordinal);
        Assert.Empty(await workflow.Client.GetAllInstancesAsync().ToListAsync(Cancellation));
    }

    [Theory]
    [InlineData("{\"runId\":", "The body is no JSON, as line 1, byte 10 shows; it must be a JSON object")]
    [InlineData("runId=mine", "The body is no JSON, as line 1, byte 1 shows")]
    [InlineData("{} {}", "The body is no JSON")]
    [InlineData("[]", "The body is a list; it must be a JSON object with any of runId, playlists, sources, force, reprocess")]
    [InlineData("null", "The body is null; it must be a JSON object")]
    [InlineData("\"mine\"", "The body is a text; it must be a JSON object")]
    [InlineData("true", "The body is true; it must be a JSON object")]
    [InlineData("{\"something\":\"else\"}", "There is no field 'something'. Allowed are runId, playlists, sources, force, reprocess.")]
    [InlineData("{\"force\":false,\"force\":true}", "The field 'force' is given twice")]
    [InlineData("{\"runId\":\"a\",\"RUNID\":\"b\"}", "The field 'runId' is given twice")]
    [InlineData("{\"reprocess\":{\"from\":\"2026-01-01\",\"from\":\"2026-01-02\"}}", "The field 'reprocess.from' is given twice")]
    [InlineData("{\"runId\":null}", "The field 'runId' is null; leave it out")]
    [InlineData("{\"playlists\":null}", "The field 'playlists' is null; leave it out")]
    [InlineData("{\"force\":null}", "The field 'force' is null; leave it out, or give true or false")]
    [InlineData("{\"reprocess\":null}", "The field 'reprocess' is null; leave it out")]
    [InlineData("{\"reprocess\":{\"to\":null}}", "The field 'reprocess.to' is null; leave it out")]
    [InlineData("{\"runId\":7}", "The field 'runId' is a number; it must be the id")]
    [InlineData("{\"force\":\"yes\"}", "The field 'force' is a text; it must be true or false")]
    [InlineData("{\"playlists\":\"p\"}", "The field 'playlists' is a text; it must be a list")]
    [InlineData("{\"playlists\":[\"4hRz0PqVt2mXk9wYc7LbNa\",null]}", "The field 'playlists[1]' is null; it must be")]
    [InlineData("{\"reprocess\":[]}", "The field 'reprocess' is a list; it must be an object with any of from, to")]
    [InlineData("{\"reprocess\":{\"days\":3}}", "There is no field 'reprocess.days'. Allowed are reprocess.from, reprocess.to, reprocess.months.")]
    [InlineData("{\"reprocess\":{\"from\":\"yesterday\"}}", "The field 'reprocess.from' is 'yesterday'; it must be a day such as 2026-11-22")]
    [InlineData("{\"runId\":\"\\ud800\"}", "The field 'runId' holds half a character")]
    [InlineData("{\"\\udc00\":1}", "A field's name holds half a character")]
    public void What_is_wrong_with_a_body_is_told_in_the_words_of_its_fields(string body, string message)
    {
        var refusal = Assert.Throws<FormatException>(() => StartRunBody.Parse(body));

        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SpotifyEtl", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"force":true,"force":true}""")]
    [InlineData("""{"playlists":null}""")]
    [InlineData("null")]
    [InlineData("no JSON")]
    public async Task A_body_with_a_field_given_twice_or_null_or_that_is_no_object_starts_nothing(string body)
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        using HttpClient http = new() { BaseAddress = workflow.Url };

        using var answer = await http.PostAsync("/api/runs", Json(body), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await workflow.Client.GetAllInstancesAsync().ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Of_fifty_starts_at_once_one_is_accepted_and_the_others_are_told_of_it()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        using HttpClient http = new() { BaseAddress = workflow.Url };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(number => http.PostAsync("/api/runs", Json($$"""{"runId":"run-{{number}}"}"""), Cancellation)));
        var bodies = await Task.WhenAll(answers.Select(async answer => JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!));
        var runs = await workflow.Client.GetAllInstancesAsync().Where(RunInstances.IsRun).ToListAsync(Cancellation);

        var started = Assert.Single(runs).InstanceId;
        Assert.Equal(1, answers.Count(answer => answer.StatusCode is HttpStatusCode.Accepted));
        Assert.Equal(49, answers.Count(answer => answer.StatusCode is HttpStatusCode.Conflict));
        Assert.All(bodies, body => Assert.Equal(started, (string?)body["runId"]));
        Assert.All(bodies, body => Assert.Contains($"/instances/{started}", (string?)body["statusQueryGetUri"], StringComparison.Ordinal));
        Assert.Equal(49, bodies.Count(body => (string?)body["message"] == $"Run {started} has not ended. One run at a time: wait for it, or cancel it."));
    }

    [Fact]
    public async Task A_run_whose_record_is_broken_is_shown_by_its_output_and_the_record_is_named()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        using HttpClient http = new() { BaseAddress = workflow.Url };
        workflow.Stage("a.json");
        await workflow.RunAsync("mine");
        workflow.Lake["run_data/runs/mine.json"] = "{\"runId\":\"mi"u8.ToArray();

        var run = await http.GetFromJsonAsync<JsonObject>("/api/runs/mine", Cancellation);

        Assert.Equal(1, (int?)run!["result"]!["files"]!["transformed"]);
        Assert.StartsWith("The record run_data/runs/mine.json cannot be read: its JSON is broken at line 1", (string?)run["warning"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"runId":"mine","reprocess":{}}""", 2)]
    [InlineData("""{"runId":"mine","reprocess":{"from":"2024-05-15","to":"2024-05-15"}}""", 1)]
    [InlineData("""{"runId":"mine","reprocess":{"from":"2024-05-16"}}""", 0)]
    public async Task Processed_files_are_transformed_again_when_asked_for(string body, int files)
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        using HttpClient http = new() { BaseAddress = workflow.Url };
        foreach (var name in new[] { "foreign.json", "spotify_raw_p_20240515T060000Z.json" })
        {
            workflow.Lake[$"raw_data/processed/{name}"] = "{\"items\":[]}"u8.ToArray();
        }

        using var started = await http.PostAsync("/api/runs", Json(body), Cancellation);
        await workflow.EndAsync("mine");
        var run = await http.GetFromJsonAsync<JsonObject>("/api/runs/mine", Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Equal(files, (int?)run!["result"]!["files"]!["transformed"]);
        Assert.Equal(JsonNode.Parse(body)!["reprocess"]!["from"]?.ToString(), run["result"]!["reprocess"]!["from"]?.ToString());
    }

    [Fact]
    public async Task An_id_that_a_run_has_had_and_a_start_beside_a_live_run_are_answered_409()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        using HttpClient http = new() { BaseAddress = workflow.Url };
        await http.PostAsync("/api/runs", Json("""{"runId":"ended"}"""), Cancellation);
        await workflow.EndAsync("ended");

        using var again = await http.PostAsync("/api/runs", Json("""{"runId":"ended"}"""), Cancellation);
        await workflow.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RunEtl), workflow.Request, new StartOrchestrationOptions("live", workflow.Clock.GetUtcNow().AddDays(1)), Cancellation);
        using var beside = await http.PostAsync("/api/runs", content: null, Cancellation);
        var live = JsonNode.Parse(await beside.Content.ReadAsStringAsync(Cancellation))!;

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, beside.StatusCode);
        Assert.Equal("live", (string?)live["runId"]);
        Assert.EndsWith("/instances/live", new Uri((string)live["statusQueryGetUri"]!).AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_takes_its_parts_along()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        using HttpClient http = new() { BaseAddress = workflow.Url };
        await http.PostAsync("/api/runs", Json("""{"runId":"mine"}"""), Cancellation);
        await AreWaitedForAsync(workflow, crawlers: 6);

        using var cancelled = await http.PostAsync("/api/runs/mine/cancel", content: null, Cancellation);
        var left = await workflow.Client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: RunInstances.Live)).ToListAsync(Cancellation);
        var run = await http.GetFromJsonAsync<JsonObject>("/api/runs/mine", Cancellation);

        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Empty(left);
        Assert.Equal(("Cancelled", "Cancelled."), ((string?)run!["status"], (string?)run["failure"]));
    }

    [Fact]
    public async Task An_unknown_run_is_answered_404()
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        using HttpClient http = new() { BaseAddress = workflow.Url };

        using var answer = await http.GetAsync("/api/runs/none", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    // The clock stands still, so that a crawl which has been started is not asked for again.
    private static async Task AreWaitedForAsync(Workflow workflow, int crawlers)
    {
        while (workflow.Crawlers.Asked.Count(asked => asked.StartsWith("start", StringComparison.Ordinal)) < crawlers)
        {
            await Task.Yield();
        }
    }
}
