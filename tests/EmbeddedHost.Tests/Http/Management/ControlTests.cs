using System.Net;
using Microsoft.DurableTask.Client;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http.Management;

public sealed class ControlTests(SharedWebHost shared) : IClassFixture<SharedWebHost>
{
    private const string Instances = "/runtime/webhooks/durabletask/instances";

    private readonly WebHost _host = shared.Host;
    private readonly string _id = shared.NewId();

    [Theory]
    [InlineData("\"ada\"", "\"ada\"")]
    [InlineData("""{ "a": 1 }""", """{"a":1}""")]
    [InlineData("null", null)]
    public async Task An_event_is_202_and_arrives(string body, string? output)
    {
        await _host.BeginAsync("Wait", _id);

        using var response = await _host.PostAsync($"{Instances}/{_id}/raiseEvent/go", body);
        var end = await _host.Client.WaitForInstanceCompletionAsync(_id, getInputsAndOutputs: true, Cancellation);

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
        await _host.BeginAsync("Wait", _id);

        using StringContent content = new(body, System.Text.Encoding.UTF8, contentType);
        using var response = await _host.Http.PostAsync($"{Instances}/{_id}/raiseEvent/Go", content, Cancellation);

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
        await _host.RunAsync("Quick", _id);

        using var unknown = await _host.PostAsync($"{Instances}/nope/{call}?reason=x", "1");
        using var ended = await _host.PostAsync($"{Instances}/{_id}/{call}?reason=x", "1");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Gone), (unknown.StatusCode, ended.StatusCode));
        Assert.Empty(await BodyOf(unknown) + await BodyOf(ended));
    }

    [Theory]
    [InlineData("?reason=too%20late", "\"too late\"")]
    [InlineData("", "null")]
    public async Task A_termination_is_202_and_its_reason_the_output(string query, string output)
    {
        await _host.BeginAsync("Wait", _id);

        using var response = await _host.PostAsync($"{Instances}/{_id}/terminate{query}");
        await _host.UntilAsync(_id, OrchestrationRuntimeStatus.Terminated);
        using var status = await _host.GetAsync($"{Instances}/{_id}");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
        Assert.Equal(output, (await JsonOf(status)).GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task A_suspended_instance_shows_why_keeps_events_and_goes_on_when_resumed()
    {
        await _host.BeginAsync("Wait", _id);

        using var suspended = await _host.PostAsync($"{Instances}/{_id}/suspend?reason=hold");
        await _host.UntilAsync(_id, OrchestrationRuntimeStatus.Suspended);
        using var status = await _host.GetAsync($"{Instances}/{_id}");
        using var again = await _host.PostAsync($"{Instances}/{_id}/suspend");
        using var raised = await _host.PostAsync($"{Instances}/{_id}/raiseEvent/Go", "\"kept\"");
        using var resumed = await _host.PostAsync($"{Instances}/{_id}/resume?reason=on");
        var end = await _host.Client.WaitForInstanceCompletionAsync(_id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal(
            (HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Accepted), (suspended.StatusCode, raised.StatusCode, resumed.StatusCode));
        Assert.Equal(HttpStatusCode.Accepted, status.StatusCode);
        Assert.Equal("5", status.Headers.RetryAfter!.ToString());
        Assert.Equal(
            ("Suspended", "hold"), ((await JsonOf(status)).GetProperty("runtimeStatus").GetString(), (await JsonOf(status)).GetProperty("output").GetString()));
        Assert.Equal(HttpStatusCode.InternalServerError, again.StatusCode);
        Assert.Equal($$"""{"Message":"Cannot suspend the orchestration instance {{_id}} because instance is in the Suspended state."}""", await BodyOf(again));
        Assert.Equal("\"kept\"", end.SerializedOutput);
    }

    [Fact]
    public async Task To_resume_what_runs_is_500_that_says_so()
    {
        await _host.BeginAsync("Wait", _id);

        using var response = await _host.PostAsync($"{Instances}/{_id}/resume");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal($$"""{"Message":"Cannot resume the orchestration instance {{_id}} because instance is in the Running state."}""", await BodyOf(response));
    }

    [Fact]
    public async Task A_rewind_is_202_and_does_again_what_failed()
    {
        await _host.RunAsync("NeedsRewind", _id);

        using var response = await _host.PostAsync($"{Instances}/{_id}/rewind?reason=fixed");
        var end = await _host.Client.WaitForInstanceCompletionAsync(_id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "\"second\""), (end.RuntimeStatus, end.SerializedOutput));
    }

    [Fact]
    public async Task A_rewind_of_nothing_is_404_and_of_what_has_not_failed_412()
    {
        await _host.RunAsync("Quick", _id);

        using var unknown = await _host.PostAsync($"{Instances}/nope/rewind");
        using var completed = await _host.PostAsync($"{Instances}/{_id}/rewind");

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("\"No orchestration with instance ID \\\"$nope\\\" found.\"", await BodyOf(unknown));
        Assert.Equal(HttpStatusCode.PreconditionFailed, completed.StatusCode);
        Assert.Equal(
            "\"This orchestration has status Completed, but only orchestrations in the \\\"Failed\\\" state can be rewound.\"", await BodyOf(completed));
    }
}
