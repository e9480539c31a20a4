using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SampleApp.Durable;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http.Management;

public sealed partial class StatusTests(FilledWebHost filled) : IClassFixture<FilledWebHost>
{
    private const string Instances = "/runtime/webhooks/durabletask/instances";

    [Fact]
    public async Task A_live_instance_is_202_with_where_and_when_to_ask_again()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Wait", "w 1", new Orchestrations.Order("é<", 2));

        using var response = await host.GetAsync($"{Instances}/w%201?showInput=true");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"{host.Url}{Instances[1..]}/w%201?showInput=true", response.Headers.Location!.OriginalString);
        Assert.Equal("5", response.Headers.RetryAfter!.ToString());
        Assert.Equal(
            """{"name":"Wait","version":null,"instanceId":"w 1","runtimeStatus":"Running","input":{"Id":"é<","Count":2},"customStatus":{"Phase":"waiting","Done":1},"output":null,"createdTime":"T","lastUpdatedTime":"T"}""",
            Times().Replace(await BodyOf(response), "\"T\""));
    }

    [Fact]
    public async Task A_completed_instance_is_200_without_either()
    {
        await using var host = await StartAsync();
        var end = await host.RunAsync("Quick", "q1", "x");

        using var response = await host.GetAsync($"{Instances}/q1?showInput=false");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Null(response.Headers.RetryAfter);
        Assert.Equal(
            $$"""{"name":"Quick","version":null,"instanceId":"q1","runtimeStatus":"Completed","input":null,"customStatus":null,"output":"done x","createdTime":"{{end.CreatedAt:yyyy-MM-ddTHH:mm:ss}}Z","lastUpdatedTime":"{{end.LastUpdatedAt:yyyy-MM-ddTHH:mm:ss}}Z"}""",
            await BodyOf(response));
    }

    [Fact]
    public async Task A_failed_instance_is_200_or_500_if_asked_for_with_the_same_body()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Break", "f1");

        using var plain = await host.GetAsync($"{Instances}/f1");
        using var asError = await host.GetAsync($"{Instances}/f1?returnInternalServerErrorOnFailure=true");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.InternalServerError), (plain.StatusCode, asError.StatusCode));
        Assert.Equal("System.InvalidOperationException: orch boom", (await JsonOf(plain)).GetProperty("output").GetString());
        Assert.Equal(await BodyOf(plain), await BodyOf(asError));
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("nope?showHistory=true")]
    [InlineData("a%2Fb")]
    public async Task An_unknown_id_is_404_with_an_empty_body(string id)
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync($"{Instances}/{id}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await BodyOf(response));
    }

    [Fact]
    public async Task Ids_are_taken_as_they_are_once_decoded()
    {
        await using var host = await StartAsync();
        foreach (var id in (string[])["a:b", "a%b", "a&b", "a b", "ü", "a|b", "a+b"])
        {
            await host.RunAsync("Quick", id);

            using var response = await host.GetAsync($"{Instances}/{Uri.EscapeDataString(id)}");

            Assert.Equal(id, (await JsonOf(response)).GetProperty("instanceId").GetString());
        }
    }

    [Fact]
    public async Task History_is_folded_and_keeps_its_form()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Full", "full1", new Orchestrations.Order("A7", 2));
        await host.Client.RaiseEventAsync("full1", "Approve", "ada", Cancellation);
        await host.Client.WaitForInstanceCompletionAsync("full1", Cancellation);

        using var response = await host.GetAsync($"{Instances}/full1?showHistory=true&showHistoryOutput=true");
        var history = (await JsonOf(response)).GetProperty("historyEvents").EnumerateArray()
            .Select(historyEvent => Times().Replace(historyEvent.GetRawText(), "\"T\"")).ToList();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var raised = history.Single(historyEvent => historyEvent.Contains("EventRaised", StringComparison.Ordinal));
        Assert.Equal("""{"EventType":"EventRaised","Name":"Approve","Input":"\"ada\"","ParentTraceContext":null,"Timestamp":"T"}""", raised);
        history.Remove(raised);
        Assert.Equal(
            [
                """{"EventType":"ExecutionStarted","Input":"{\"Id\":\"A7\",\"Count\":2}","Correlation":null,"ParentTraceContext":null,"ScheduledStartTime":null,"Generation":0,"GenerateNewTrace":false,"Timestamp":"T","FunctionName":"Full"}""",
                """{"EventType":"TaskCompleted","Result":"part1","Timestamp":"T","ScheduledTime":"T","FunctionName":"Part","Input":null}""",
                """{"EventType":"TaskFailed","Reason":"Function 'FailOnce' failed with an unhandled exception.","Details":null,"FailureDetails":{"ErrorType":"System.InvalidOperationException","ErrorMessage":"part failed once","StackTrace":null,"InnerFailure":null,"IsNonRetriable":false,"Properties":null},"Timestamp":"T","ScheduledTime":"T","FunctionName":"FailOnce","Input":null}""",
                """{"EventType":"TimerCreated","FireAt":"T","Timestamp":"T"}""",
                """{"EventType":"TimerFired","FireAt":"T","Timestamp":"T"}""",
                """{"EventType":"TaskCompleted","Result":"second","Timestamp":"T","ScheduledTime":"T","FunctionName":"FailOnce","Input":null}""",
                """{"EventType":"SubOrchestrationInstanceCompleted","Result":"done 2","Timestamp":"T","ScheduledTime":"T","FunctionName":"Quick","Input":null}""",
                """{"EventType":"TimerCreated","FireAt":"T","Timestamp":"T"}""",
                """{"EventType":"TimerFired","FireAt":"T","Timestamp":"T"}""",
                """{"EventType":"ExecutionCompleted","OrchestrationStatus":"Completed","Result":"part1 second done 2 ada","FailureDetails":null,"Timestamp":"T"}""",
            ],
            history);
    }

    [Fact]
    public async Task A_history_has_the_inputs_where_host_json_has_them_kept()
    {
        using Tests.Hosting.SampleFolder folder = new("""{ "extensions": { "durableTask": { "storeInputsInOrchestrationHistory": true } } }""");
        await using var host = await StartAsync(folder: folder);
        await host.RunAsync("CountUp", "c1", 3);

        var history = (await JsonOf(await host.GetAsync($"{Instances}/c1?showHistory=true"))).GetProperty("historyEvents").EnumerateArray();

        Assert.Equal(
            """{"EventType":"TaskCompleted","Timestamp":"T","ScheduledTime":"T","FunctionName":"Part","Input":"[3]"}""",
            Times().Replace(history.Single(one => one.GetProperty("EventType").GetString() is "TaskCompleted").GetRawText(), "\"T\""));
    }

    [Fact]
    public async Task Results_stay_out_of_a_history_unless_asked_for()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Break", "f1");

        var without = await host.TextAsync($"{Instances}/f1?showHistory=true");
        var with = await host.TextAsync($"{Instances}/f1?showHistory=true&showHistoryOutput=true");

        Assert.DoesNotContain("\"Result\"", without, StringComparison.Ordinal);
        Assert.Contains("\"FailureDetails\":{\"ErrorType\":\"System.InvalidOperationException\"", without, StringComparison.Ordinal);
        Assert.Contains("\"OrchestrationStatus\":\"Failed\",\"Result\":\"orch boom\",\"FailureDetails\"", with, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_holds_a_stack_trace()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Break", "f1");
        await host.RunAsync("NeedsRewind", "f2");

        foreach (var id in (string[])["f1", "f2"])
        {
            Assert.DoesNotContain("   at ", await host.TextAsync($"{Instances}/{id}?showHistory=true&showHistoryOutput=true"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_outstanding_and_what_was_done_to_an_instance_is_in_its_history()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Wait", "w1");
        await host.Client.SuspendInstanceAsync("w1", "hold", Cancellation);
        await host.UntilAsync("w1", OrchestrationRuntimeStatus.Suspended);
        await host.Client.ResumeInstanceAsync("w1", "go on", Cancellation);
        await host.UntilAsync("w1", OrchestrationRuntimeStatus.Running);
        await host.Client.TerminateInstanceAsync("w1", "my reason", Cancellation);
        await host.UntilAsync("w1", OrchestrationRuntimeStatus.Terminated);

        var status = await JsonOf(await host.GetAsync($"{Instances}/w1?showHistory=true"));
        var history = status.GetProperty("historyEvents").EnumerateArray().Select(historyEvent => Times().Replace(historyEvent.GetRawText(), "\"T\"")).Skip(1);

        Assert.Equal("my reason", status.GetProperty("output").GetString());
        Assert.Equal(
            [
                """{"EventType":"ExecutionSuspended","Reason":"hold","Timestamp":"T"}""",
                """{"EventType":"ExecutionResumed","Reason":"go on","Timestamp":"T"}""",
                """{"EventType":"ExecutionTerminated","Input":"my reason","Timestamp":"T"}""",
                """{"EventType":"ExecutionCompleted","OrchestrationStatus":"Terminated","FailureDetails":null,"Timestamp":"T"}""",
            ],
            history);
    }

    [Fact]
    public async Task A_request_without_an_answer_yet_is_in_the_history()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Parent", "p1");

        var status = await JsonOf(await host.GetAsync($"{Instances}/p1?showHistory=true"));

        Assert.Equal(
            """{"EventType":"SubOrchestrationInstanceCreated","InstanceId":"p1-child","Timestamp":"T","FunctionName":"Wait","Input":null}""",
            Times().Replace(status.GetProperty("historyEvents").EnumerateArray().Last().GetRawText(), "\"T\""));
    }

    [Fact]
    public async Task The_history_of_an_instance_that_began_anew_is_that_of_its_last_beginning()
    {
        await using var host = await StartAsync();
        await host.RunAsync("CountUp", "c1", 1);

        var status = await JsonOf(await host.GetAsync($"{Instances}/c1?showHistory=true&showHistoryOutput=true"));

        Assert.Equal(3, status.GetProperty("output").GetInt32());
        Assert.Equal(
            ["ExecutionStarted", "TaskCompleted", "ExecutionCompleted"],
            status.GetProperty("historyEvents").EnumerateArray().Select(historyEvent => historyEvent.GetProperty("EventType").GetString()));
    }

    [Fact]
    public async Task A_delayed_start_shows_its_time()
    {
        await using var host = await StartAsync();
        DateTimeOffset start = new(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Quick", null, new StartOrchestrationOptions("d1", start), Cancellation);
        await host.Client.WaitForInstanceCompletionAsync("d1", Cancellation);

        Assert.Contains("\"ScheduledStartTime\":\"2020-01-02T03:04:05Z\"", await host.TextAsync($"{Instances}/d1?showHistory=true"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instances_are_listed_in_order_of_id_page_by_page()
    {
        await using var host = await StartAsync();
        foreach (var id in (string[])["b", "a", "e", "d", "c é"])
        {
            await host.RunAsync("Quick", id, id);
        }

        List<List<string>> pages = [];
        string? token = null;
        do
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"{Instances}?top=2&showInput=false");
            if (token is not null)
            {
                request.Headers.Add("x-ms-continuation-token", token);
            }

            using var response = await host.Http.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var page = (await JsonOf(response)).EnumerateArray().ToList();
            Assert.All(page, status => Assert.Equal(JsonValueKind.Null, status.GetProperty("input").ValueKind));
            pages.Add([.. page.Select(status => status.GetProperty("instanceId").GetString()!)]);
            token = response.Headers.TryGetValues("x-ms-continuation-token", out var values) ? values.Single() : null;
        }
        while (token is not null);

        Assert.Equal([["a", "b"], ["c é", "d"], ["e"]], pages);
    }

    [Theory]
    [InlineData("", "live,one-b,one-f,two")]
    [InlineData("?instanceIdPrefix=one-", "one-b,one-f")]
    [InlineData("?instanceIdPrefix=One-", "")]
    [InlineData("?runtimeStatus=Failed", "one-f")]
    [InlineData("?runtimeStatus=failed,Running", "live,one-f")]
    [InlineData("?runtimeStatus=Failed&runtimeStatus=Running", "live,one-f")]
    [InlineData("?runtimeStatus=Bogus", "live,one-b,one-f,two")]
    [InlineData("?top=many", "live,one-b,one-f,two")]
    [InlineData("?createdTimeFrom=2999-01-01T00:00:00Z", "")]
    [InlineData("?createdTimeFrom=2020-01-01T00:00:00%2B02:00&createdTimeTo=2999-01-01", "live,one-b,one-f,two")]
    [InlineData("?createdTimeTo=2020-01-01T00:00:00+02:00", "")]
    public async Task A_list_is_restricted_by_the_filters_that_fit(string query, string ids)
    {
        var listed = (await JsonOf(await filled.Host.GetAsync(Instances + query))).EnumerateArray();

        Assert.Equal(ids, string.Join(',', listed.Select(status => status.GetProperty("instanceId").GetString())));
    }

    [Fact]
    public async Task A_continuation_token_that_is_none_is_400()
    {
        await using var host = await StartAsync();

        using HttpRequestMessage request = new(HttpMethod.Get, Instances);
        request.Headers.Add("x-ms-continuation-token", "not one!");
        using var response = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [GeneratedRegex("\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+]+Z?\"", RegexOptions.NonBacktracking)]
    private static partial Regex Times();
}
