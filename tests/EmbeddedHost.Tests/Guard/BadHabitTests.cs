using EmbeddedHost.Hosting;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Guard;

/// <summary>Functions that do what they should not: their own task or instance fails with details, and the host goes on.</summary>
public sealed class BadHabitTests(SharedWebHost shared) : IClassFixture<SharedWebHost>
{
    private readonly WebHost _host = shared.Host;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("throws what cannot tell its message", "")]
    [InlineData("throws five hundred levels deep", "System.InvalidOperationException")]
    [InlineData("throws that it was cancelled", "System.OperationCanceledException")]
    [InlineData("throws a message of broken text", "")]
    public async Task An_odd_activity_is_a_failed_task_and_the_others_go_on(string oddity, string errorType)
    {
        var end = await _host.RunAsync("CallsOdd", shared.NewId(), oddity);
        var good = await _host.RunAsync("FanOut", shared.NewId(), 3);

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "12"), (end.RuntimeStatus, good.SerializedOutput));
        Assert.StartsWith(
            "Microsoft.DurableTask.TaskFailedException: Task 'Odd' (#0) failed with an unhandled exception",
            end.FailureDetails?.ToString() ?? end.SerializedOutput);
        Assert.Contains(
            errorType, await _host.TextAsync($"/runtime/webhooks/durabletask/instances/{end.InstanceId}?showHistory=true"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("returns a cycle")]
    [InlineData("returns what throws when it is read")]
    [InlineData("returns a delegate")]
    public async Task What_an_activity_returns_and_the_worker_cannot_write_is_its_text_as_on_Azure(string oddity)
    {
        var end = await _host.RunAsync("CallsOdd", shared.NewId(), oddity);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.StartsWith("\"", end.SerializedOutput);
    }

    [Theory]
    [InlineData("throws what cannot tell its message")]
    [InlineData("throws five hundred levels deep")]
    [InlineData("returns a cycle")]
    [InlineData("shows a status that is a cycle")]
    [InlineData("gives an activity a cycle")]
    [InlineData("reads a result as what it is not")]
    [InlineData("calls what is not there")]
    public async Task An_odd_orchestrator_fails_its_instance_and_the_others_go_on(string oddity)
    {
        var end = await _host.RunAsync("OddOrchestrator", shared.NewId(), oddity);
        var good = await _host.RunAsync("FanOut", shared.NewId(), 3);

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "12"), (end.RuntimeStatus, good.SerializedOutput));
        Assert.NotEmpty(end.SerializedOutput ?? end.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task An_orchestrator_that_first_awaits_what_is_not_durable_fails_and_is_told_why()
    {
        var end = await _host.RunAsync("AwaitsElsewhere", shared.NewId());

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("An invalid asynchronous invocation was detected", end.SerializedOutput ?? end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_awaits_it_later_hangs_as_on_Azure_and_can_be_terminated()
    {
        var id = shared.NewId();
        await _host.BeginAsync("AwaitsElsewhereLater", id, _host.Folder.Errand(id));

        await Until.HoldsAsync(async () =>
            (await _host.TextAsync($"/runtime/webhooks/durabletask/instances/{id}?showHistory=true")).Contains("TaskCompleted", StringComparison.Ordinal));
        await _host.Client.TerminateInstanceAsync(id, "enough", Cancellation);

        await _host.UntilAsync(id, OrchestrationRuntimeStatus.Terminated);
    }

    [Fact]
    public async Task An_activity_past_functionTimeout_is_told_to_stop_and_fails_with_its_name_and_the_limit()
    {
        using SampleFolder folder = new("""{ "functionTimeout": "00:00:01" }""");
        await using var host = await WebHost.StartAsync(folder: folder);
        var errand = folder.Errand();

        var end = await host.RunAsync("Ignores", "i1", errand);
        errand.LetGo();

        Assert.True(errand.IsTold);
        Assert.Equal("\"System.TimeoutException: Timeout value of 00:00:01 was exceeded by function: Ignore\"", end.SerializedOutput);
        Assert.Equal(1, errand.Runs);
        Assert.Contains(host.Log.Lines, line =>
            line.Contains("The function Ignore did not stop within 00:00:05 of being told to, and was given up.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_timer_function_past_functionTimeout_is_told_to_stop_and_runs_again_when_it_is_due()
    {
        using SampleFolder folder = new("""{ "functionTimeout": "00:00:01" }""");
        await using var host = await WebHost.StartAsync(
            configure: builder => builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("SlowSchedule", (string?)"* * * * * *")]), folder: folder);
        var errand = folder.Errand("slow");

        await Until.TrueAsync(() => errand.Runs > 1);

        Assert.True(errand.IsTold);
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Error Timer function Slow failed after ", StringComparison.Ordinal)
            && line.Contains("Timeout value of 00:00:01 was exceeded by function: Slow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_orchestrator_that_keeps_its_thread_fails_its_instance_when_its_time_is_over()
    {
        await using var host = await WebHost.StartAsync(
            configure: builder => builder.Services.Configure<EmbeddedHostOptions>(options => options.OrchestratorTimeLimit = TimeSpan.FromSeconds(1)));
        var errand = host.Folder.Errand();

        var end = await host.RunAsync("BlocksItsThread", "b1", errand);
        errand.LetGo();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("The orchestrator 'BlocksItsThread' did not give control back within 00:00:01.", end.SerializedOutput, StringComparison.Ordinal);
        Assert.Equal(1, errand.Runs);
    }
}
