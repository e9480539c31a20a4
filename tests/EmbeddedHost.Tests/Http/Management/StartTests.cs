using System.Net;
using Microsoft.DurableTask.Client;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http.Management;

public sealed class StartTests
{
    private const string Api = "/runtime/webhooks/durabletask";

    [Fact]
    public async Task A_start_is_202_with_the_addresses_of_the_instance()
    {
        await using var host = await StartAsync(listen => (listen.MasterKey, listen.DurableTaskKey) = ("m", "KEY"));

        using var response = await host.PostAsync($"{Api}/orchestrators/Wait/a:b?code=KEY", """{"Id":"A7"}""");

        var instance = $"{host.Url.GetLeftPart(UriPartial.Authority)}{Api}/instances/a%3Ab";
        const string Query = "taskHub=Hub&connection=Storage&code=KEY";
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal($"{instance}?{Query}", response.Headers.Location!.OriginalString);
        Assert.Equal("10", response.Headers.RetryAfter!.ToString());
        Assert.Equal(
            $$"""{"id":"a:b","statusQueryGetUri":"{{instance}}?{{Query}}","sendEventPostUri":"{{instance}}/raiseEvent/{eventName}?{{Query}}",""" +
            $$"""
            "terminatePostUri":"{{instance}}/terminate?reason={text}&{{Query}}","purgeHistoryDeleteUri":"{{instance}}?{{Query}}",
            "restartPostUri":"{{instance}}/restart?{{Query}}","suspendPostUri":"{{instance}}/suspend?reason={text}&{{Query}}",
            "resumePostUri":"{{instance}}/resume?reason={text}&{{Query}}","rewindPostUri":"{{instance}}/rewind?reason={text}&{{Query}}"}
            """.ReplaceLineEndings(string.Empty),
            await BodyOf(response));
        Assert.Equal(HttpStatusCode.Accepted, (await host.GetAsync(response.Headers.Location!.OriginalString)).StatusCode);
    }

    [Fact]
    public async Task Without_keys_the_addresses_have_none_and_they_take_the_public_address_when_there_is_one()
    {
        await using var host = await StartAsync(listen => listen.PublicUrl = new Uri("https://etl.example.com"));

        using var response = await host.PostAsync($"{Api}/orchestrators/Quick/q1");

        Assert.Equal($"https://etl.example.com{Api}/instances/q1?taskHub=Hub&connection=Storage", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task An_id_is_made_up_if_none_is_given_and_the_name_stays_as_it_was_sent()
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync($"{Api}/orchestrators/quick");
        var id = (await JsonOf(response)).GetProperty("id").GetString()!;
        var end = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal(("quick", OrchestrationRuntimeStatus.Completed, null), (end.Name, end.RuntimeStatus, end.SerializedInput));
    }

    [Theory]
    [InlineData("""{ "Id" : "A7", "n": [1, null] }""", """{"Id":"A7","n":[1,null]}""")]
    [InlineData("7", "7")]
    [InlineData("null", null)]
    [InlineData("", null)]
    public async Task The_body_is_the_input_whatever_its_content_type(string body, string? input)
    {
        await using var host = await StartAsync();

        using var response = await host.Http.PostAsync($"{Api}/orchestrators/Quick/x", new StringContent(body), Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(input, (await host.Client.GetInstanceAsync("x", getInputsAndOutputs: true, Cancellation))!.SerializedInput);
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_is_400_and_starts_nothing()
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync($"{Api}/orchestrators/Quick/x", "{bad");
        var error = await JsonOf(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("Invalid JSON content", error.GetProperty("Message").GetString());
        Assert.Contains("LineNumber: 0", error.GetProperty("ExceptionMessage").GetString(), StringComparison.Ordinal);
        Assert.Null(await host.Client.GetInstanceAsync("x", Cancellation));
    }

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%5Cb", "a\\b")]
    [InlineData("a%23b", "a#b")]
    [InlineData("a%3Fb", "a?b")]
    [InlineData("a%25b", "a%b")]
    [InlineData("a%20%C3%BCb", "a üb")]
    public async Task An_id_may_have_any_letters(string encoded, string id)
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync($"{Api}/orchestrators/Quick/{encoded}");
        var end = await host.Client.WaitForInstanceCompletionAsync(id, Cancellation);
        using var status = await host.GetAsync((await JsonOf(response)).GetProperty("statusQueryGetUri").GetString()!);

        Assert.Equal((HttpStatusCode.Accepted, OrchestrationRuntimeStatus.Completed), (response.StatusCode, end.RuntimeStatus));
        Assert.Equal(id, (await JsonOf(status)).GetProperty("instanceId").GetString());
    }

    [Fact]
    public async Task An_id_that_entities_have_is_400()
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync($"{Api}/orchestrators/Quick/%40a");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("are reserved for entities", (await JsonOf(response)).GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_orchestrator_is_400_that_names_the_known_ones()
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync($"{Api}/orchestrators/NoSuch");
        var message = (await JsonOf(response)).GetProperty("Message").GetString()!;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("The function 'NoSuch' doesn't exist, is disabled, or is not an orchestrator function.", message, StringComparison.Ordinal);
        Assert.Contains("'Quick'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_over_1_MB_is_400_that_names_the_limit()
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync($"{Api}/orchestrators/Quick/x", "\"" + new string('x', 1024 * 1024) + "\"");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("1048576 bytes", await BodyOf(response), StringComparison.Ordinal);
        Assert.Null(await host.Client.GetInstanceAsync("x", Cancellation));
    }

    [Fact]
    public async Task A_live_instance_of_the_id_is_409_and_an_ended_one_is_replaced()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Wait", "dup");
        await host.RunAsync("Quick", "old", "first");

        using var duplicate = await host.PostAsync($"{Api}/orchestrators/Quick/dup");
        using var replaced = await host.PostAsync($"{Api}/orchestrators/Quick/old", "\"second\"");

        Assert.Equal(HttpStatusCode.Conflict, duplicate.StatusCode);
        Assert.Equal("""{"Message":"An Orchestration instance with the status Running already exists."}""", await BodyOf(duplicate));
        Assert.Equal(HttpStatusCode.Accepted, replaced.StatusCode);
        Assert.Equal("\"second\"", (await host.Client.GetInstanceAsync("old", true, Cancellation))!.SerializedInput);
    }

    [Fact]
    public async Task A_start_that_waits_answers_with_the_bare_output()
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync($"{Api}/orchestrators/Quick/x?timeout=30&pollingInterval=1", "\"now\"");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"done now\"", await BodyOf(response));
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("&returnInternalServerErrorOnFailure=true", HttpStatusCode.InternalServerError)]
    public async Task A_start_that_waits_for_a_failure_answers_with_the_status(string flag, HttpStatusCode status)
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync($"{Api}/orchestrators/Break/x?timeout=30&pollingInterval=1{flag}");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("System.InvalidOperationException: orch boom", (await JsonOf(response)).GetProperty("output").GetString());
    }

    [Fact]
    public async Task A_start_that_waited_in_vain_is_202()
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync($"{Api}/orchestrators/Wait/x?timeout=1&pollingInterval=1");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("x", (await JsonOf(response)).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_start_may_not_wait_longer_than_a_request()
    {
        await using var host = await StartAsync(listen => listen.RequestTimeout = TimeSpan.FromSeconds(1));

        using var response = await host.PostAsync($"{Api}/orchestrators/Wait/x?timeout={int.MaxValue}&pollingInterval=1");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("?restartWithNewInstanceId=true", false)]
    [InlineData("?restartWithNewInstanceId=false", true)]
    public async Task A_restart_is_202_with_a_new_id_or_the_same(string query, bool same)
    {
        await using var host = await StartAsync();
        await host.RunAsync("Quick", "r1", "again");

        using var response = await host.PostAsync($"{Api}/instances/r1/restart{query}");
        var id = (await JsonOf(response)).GetProperty("id").GetString()!;
        var end = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(same, id == "r1");
        Assert.Equal("\"done again\"", end.SerializedOutput);
    }

    [Fact]
    public async Task A_restart_of_nothing_is_400_and_of_a_live_one_with_its_id_409()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Wait", "live");

        using var unknown = await host.PostAsync($"{Api}/instances/nope/restart");
        using var live = await host.PostAsync($"{Api}/instances/live/restart?restartWithNewInstanceId=false");

        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal("""{"Message":"InstanceId does not match a valid orchestration instance."}""", await BodyOf(unknown));
        Assert.Equal(HttpStatusCode.Conflict, live.StatusCode);
        Assert.Equal("""{"Message":"A non-terminal instance with this instance ID already exists."}""", await BodyOf(live));
    }

    [Fact]
    public async Task Another_task_hub_is_404_and_its_own_is_not()
    {
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync($"{Api}/orchestrators/Quick?taskHub=other")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync($"{Api}/instances?taskHub=other")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync($"{Api}/instances?taskHub=hub&connection=any")).StatusCode);
    }
}
