using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Functions.Tests.Orchestrators;
using SpotifyEtl.Instances;
using SpotifyEtl.Orchestrators;

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
        Assert.Equal("Completed", (string?)run!["status"]);
        Assert.Equal(1, (int?)run["result"]!["files"]!["transformed"]);
        Assert.Equal(["mine"], list!.Select(item => (string?)item!["runId"]));
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
    }

    [Theory]
    [InlineData("""{"runId":""", "The body is not JSON: ")]
    [InlineData("7", "The body must be a JSON object")]
    [InlineData("""{"runId":"a/b"}""", "The runId 'a/b' is not allowed")]
    [InlineData("""{"runId":7}""", "The field runId must be a text of letters, digits, _ and -.")]
    [InlineData("""{"force":3}""", "The field force must be true or false.")]
    [InlineData("""{"playlists":[1]}""", "The field playlists must be a list of texts")]
    [InlineData("""{"playlists":["no id"]}""", "'no id' is no playlist id.")]
    [InlineData("""{"something":"else"}""", "There is no field something. The fields are runId, playlists, force, reprocess")]
    [InlineData("""{"reprocess":{"from":"yesterday"}}""", "The field reprocess.from must be a day such as")]
    [InlineData("""{"reprocess":{"from":"2024-06-02","to":"2024-06-01"}}""", "There is no day from 2024-06-02 to 2024-06-01")]
    [InlineData("""{"reprocess":{"days":3}}""", "There is no field reprocess.days.")]
    [InlineData("""{"reprocess":{},"force":true}""", "give playlists and force, or reprocess")]
    [InlineData("""{"reprocess":{},"playlists":["4hRz0PqVt2mXk9wYc7LbNa"]}""", "give playlists and force, or reprocess")]
    public async Task A_body_that_is_not_allowed_is_answered_400_with_a_reason_that_names_fields_and_no_types(string body, string reason)
    {
        await using var workflow = await Workflow.StartAsync(withHttp: true);
        using HttpClient http = new() { BaseAddress = workflow.Url };

        using var answer = await http.PostAsync("/api/runs", Json(body), Cancellation);

        var message = (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["message"];
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("SpotifyEtl.", message, StringComparison.Ordinal);
        Assert.Empty(await workflow.Client.GetAllInstancesAsync().ToListAsync(Cancellation));
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
        Assert.Equal(("Terminated", "Cancelled."), ((string?)run!["status"], (string?)run["failure"]));
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
