using System.Net;
using Microsoft.DurableTask.Client;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http.Management;

public sealed class ControlTests
{
    private const string Instances = "/runtime/webhooks/durabletask/instances";

    [Theory]
    [InlineData("\"ada\"", "\"ada\"")]
    [InlineData("""{ "a": 1 }""", """{"a":1}""")]
    [InlineData("null", null)]
    public async Task An_event_is_202_and_arrives(string body, string? output)
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Wait", "w1");

        using var response = await host.PostAsync($"{Instances}/w1/raiseEvent/go", body);
        var end = await host.Client.WaitForInstanceCompletionAsync("w1", getInputsAndOutputs: true, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await BodyOf(response));
        Assert.Equal(output, end.SerializedOutput);
    }

    [Theory]
    [InlineData("{bad", "application/json", "Invalid JSON content")]
    [InlineData("", "application/json", "Invalid JSON content")]
    [InlineData("1", "text/plain", "Only application/json request content is supported")]
    [InlineData("1", "application/problem+json", "Only application/json request content is supported")]
    public async Task An_event_whose_content_is_not_JSON_is_400(string body, string contentType, string message)
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Wait", "w1");

        using StringContent content = new(body, System.Text.Encoding.UTF8, contentType);
        using var response = await host.Http.PostAsync($"{Instances}/w1/raiseEvent/Go", content, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(message, (await JsonOf(response)).GetProperty("Message").GetString());
    }

    [Theory]
    [InlineData("terminate")]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("raiseEvent/Go")]
    public async Task An_unknown_id_is_404_and_an_ended_instance_410(string call)
    {
        await using var host = await StartAsync();
        await host.RunAsync("Quick", "ended");

        using var unknown = await host.PostAsync($"{Instances}/nope/{call}?reason=x", "1");
        using var ended = await host.PostAsync($"{Instances}/ended/{call}?reason=x", "1");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Gone), (unknown.StatusCode, ended.StatusCode));
        Assert.Empty(await BodyOf(unknown) + await BodyOf(ended));
    }

    [Theory]
    [InlineData("?reason=too%20late", "\"too late\"")]
    [InlineData("", "null")]
    public async Task A_termination_is_202_and_its_reason_the_output(string query, string output)
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Wait", "w1");

        using var response = await host.PostAsync($"{Instances}/w1/terminate{query}");
        await host.UntilAsync("w1", OrchestrationRuntimeStatus.Terminated);
        using var status = await host.GetAsync($"{Instances}/w1");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
        Assert.Equal(output, (await JsonOf(status)).GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task A_suspended_instance_shows_why_keeps_events_and_goes_on_when_resumed()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Wait", "w1");

        using var suspended = await host.PostAsync($"{Instances}/w1/suspend?reason=hold");
        await host.UntilAsync("w1", OrchestrationRuntimeStatus.Suspended);
        using var status = await host.GetAsync($"{Instances}/w1");
        using var again = await host.PostAsync($"{Instances}/w1/suspend");
        using var raised = await host.PostAsync($"{Instances}/w1/raiseEvent/Go", "\"kept\"");
        using var resumed = await host.PostAsync($"{Instances}/w1/resume?reason=on");
        var end = await host.Client.WaitForInstanceCompletionAsync("w1", getInputsAndOutputs: true, Cancellation);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Accepted), (suspended.StatusCode, raised.StatusCode, resumed.StatusCode));
        Assert.Equal(HttpStatusCode.Accepted, status.StatusCode);
        Assert.Equal("5", status.Headers.RetryAfter!.ToString());
        Assert.Equal(("Suspended", "hold"), ((await JsonOf(status)).GetProperty("runtimeStatus").GetString(), (await JsonOf(status)).GetProperty("output").GetString()));
        Assert.Equal(HttpStatusCode.InternalServerError, again.StatusCode);
        Assert.Equal("""{"Message":"Cannot suspend the orchestration instance w1 because instance is in the Suspended state."}""", await BodyOf(again));
        Assert.Equal("\"kept\"", end.SerializedOutput);
    }

    [Fact]
    public async Task To_resume_what_runs_is_500_that_says_so()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Wait", "w1");

        using var response = await host.PostAsync($"{Instances}/w1/resume");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("""{"Message":"Cannot resume the orchestration instance w1 because instance is in the Running state."}""", await BodyOf(response));
    }

    [Fact]
    public async Task A_rewind_is_202_and_does_again_what_failed()
    {
        await using var host = await StartAsync();
        await host.RunAsync("NeedsRewind", "f1");

        using var response = await host.PostAsync($"{Instances}/f1/rewind?reason=fixed");
        var end = await host.Client.WaitForInstanceCompletionAsync("f1", getInputsAndOutputs: true, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "\"second\""), (end.RuntimeStatus, end.SerializedOutput));
    }

    [Fact]
    public async Task A_rewind_of_nothing_is_404_and_of_what_has_not_failed_412()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Quick", "q1");

        using var unknown = await host.PostAsync($"{Instances}/nope/rewind");
        using var completed = await host.PostAsync($"{Instances}/q1/rewind");

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("\"No orchestration with instance ID \\\"$nope\\\" found.\"", await BodyOf(unknown));
        Assert.Equal(HttpStatusCode.PreconditionFailed, completed.StatusCode);
        Assert.Equal(
            "\"This orchestration has status Completed, but only orchestrations in the \\\"Failed\\\" state can be rewound.\"", await BodyOf(completed));
    }
}
