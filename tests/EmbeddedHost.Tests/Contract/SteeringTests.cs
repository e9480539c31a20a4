using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Holding instances, letting them go on, ending them.</summary>
public abstract class SteeringTests(HostKind kind) : ContractTests(kind)
{
    private const string Suspend = "client.SuspendInstanceAsync(string, string, CancellationToken)";
    private const string SuspendBare = "client.SuspendInstanceAsync(string, CancellationToken)";
    private const string Resume = "client.ResumeInstanceAsync(string, string, CancellationToken)";
    private const string ResumeBare = "client.ResumeInstanceAsync(string, CancellationToken)";
    private const string Terminate = "client.TerminateInstanceAsync(string, TerminateInstanceOptions, CancellationToken)";
    private const string TerminateWithOutput = "client.TerminateInstanceAsync(string, object, CancellationToken)";
    private const string TerminateBare = "client.TerminateInstanceAsync(string, CancellationToken)";

    [Fact]
    [Covers(Suspend)]
    [Covers(Resume)]
    public async Task A_held_instance_goes_on_where_it_was_when_it_is_resumed()
    {
        await using var host = await StartStandardAsync();
        var id = await host.BeginAsync("Waits");

        await host.Client.SuspendInstanceAsync(id, "lunch", Cancellation);
        var held = await host.UntilStatusAsync(id, OrchestrationRuntimeStatus.Suspended);
        await host.Client.RaiseEventAsync(id, "go", "eaten", Cancellation);
        await host.UntilAsync(id, instance => instance.LastUpdatedAt > held.LastUpdatedAt);
        var stillHeld = await host.FindAsync(id);
        await host.Client.ResumeInstanceAsync(id, "back", Cancellation);

        Assert.Equal((OrchestrationRuntimeStatus.Suspended, false), (stillHeld.RuntimeStatus, stillHeld.IsCompleted));
        Assert.Equal("eaten", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(SuspendBare)]
    [Covers(ResumeBare)]
    public async Task A_held_instance_shows_nothing_when_no_reason_is_given_and_runs_again_afterwards()
    {
        await using var host = await StartStandardAsync();
        var id = await host.BeginAsync("Waits");

        await host.Client.SuspendInstanceAsync(id, Cancellation);
        var held = await host.UntilStatusAsync(id, OrchestrationRuntimeStatus.Suspended);
        await host.Client.ResumeInstanceAsync(id, Cancellation);
        var resumed = await host.UntilStatusAsync(id, OrchestrationRuntimeStatus.Running);

        Assert.Equal((null, null), (held.SerializedOutput, resumed.SerializedOutput));
    }

    [Fact]
    [Covers(Suspend)]
    [Covers(Resume)]
    public async Task A_held_instance_takes_up_what_its_activities_and_timers_answered_meanwhile()
    {
        TaskCompletionSource release = new();
        await using var host = await StartAsync(tasks => tasks
            .AddActivityFunc<string?, string>("Hold", async (_, _) =>
            {
                await release.Task;
                return "held";
            })
            .AddOrchestratorFunc<string>("Works", async context =>
            {
                var work = context.CallActivityAsync<string>("Hold");
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                return await work;
            }));
        var id = await host.BeginAsync("Works");
        await host.Client.SuspendInstanceAsync(id, "wait", Cancellation);
        var held = await host.UntilStatusAsync(id, OrchestrationRuntimeStatus.Suspended);

        release.SetResult();
        await host.UntilAsync(id, instance => instance.LastUpdatedAt > held.LastUpdatedAt);
        Assert.False((await host.FindAsync(id)).IsCompleted);
        await host.Client.ResumeInstanceAsync(id, "go on", Cancellation);

        Assert.Equal("held", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(TerminateWithOutput)]
    public async Task A_terminated_instance_has_the_output_it_was_given_and_its_parent_a_failure()
    {
        NotOnTheJudge("The output of a failed instance is the message alone there; that of the Functions host begins with the type.");
        await using var host = await StartStandardAsync(tasks => tasks.AddOrchestratorFunc<string>("Parent", async context =>
        {
            try
            {
                return await context.CallSubOrchestratorAsync<string>("Waits", options: new SubOrchestrationOptions(instanceId: "child"));
            }
            catch (TaskFailedException failure)
            {
                return failure.FailureDetails.ErrorMessage;
            }
        }));
        var id = await host.BeginAsync("Parent");
        await host.Client.WaitForInstanceStartAsync("child", Cancellation);

        await host.Client.TerminateInstanceAsync("child", "enough", Cancellation);

        var child = await host.EndOfAsync("child");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough", true), (child.RuntimeStatus, child.ReadOutputAs<string>(), child.IsCompleted));
        Assert.Contains("enough", (await host.EndOfAsync(id)).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    [Covers(TerminateBare)]
    [Covers(TerminateWithOutput)]
    [Covers(Terminate)]
    public async Task Without_an_output_a_terminated_instance_has_none()
    {
        await using var host = await StartStandardAsync();
        foreach (var id in new[] { "bare", "null", "options" })
        {
            await host.BeginAsync("Waits", instanceId: id);
        }

        await host.Client.TerminateInstanceAsync("bare", Cancellation);
        await host.Client.TerminateInstanceAsync("null", output: null, Cancellation);
        await host.Client.TerminateInstanceAsync("options", new TerminateInstanceOptions(), Cancellation);

        foreach (var id in new[] { "bare", "null", "options" })
        {
            var end = await host.EndOfAsync(id);
            Assert.Equal((OrchestrationRuntimeStatus.Terminated, null), (end.RuntimeStatus, end.SerializedOutput));
        }
    }

    [Theory]
    [Covers(Terminate)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sub_orchestrations_end_with_a_terminated_parent_only_if_asked_for(bool recursive)
    {
        NotOnTheJudge("It never terminates sub-orchestrations along.");
        await using var host = await StartStandardAsync(tasks => tasks
            .AddOrchestratorFunc<string>("Middle", context =>
                context.CallSubOrchestratorAsync<string>("Waits", options: new SubOrchestrationOptions(instanceId: "grandchild")))
            .AddOrchestratorFunc<string>("Parent", context =>
                context.CallSubOrchestratorAsync<string>("Middle", options: new SubOrchestrationOptions(instanceId: "child"))));
        await host.BeginAsync("Parent", instanceId: "parent");
        await host.Client.WaitForInstanceStartAsync("grandchild", Cancellation);

        await host.Client.TerminateInstanceAsync("parent", new TerminateInstanceOptions("end", recursive), Cancellation);

        Assert.Equal("end", (await host.EndOfAsync("parent")).ReadOutputAs<string>());
        foreach (var id in new[] { "child", "grandchild" })
        {
            var status = recursive ? (await host.EndOfAsync(id)).RuntimeStatus : (await host.FindAsync(id)).RuntimeStatus;
            Assert.Equal(recursive ? OrchestrationRuntimeStatus.Terminated : OrchestrationRuntimeStatus.Running, status);
        }
    }

    [Theory]
    [Covers(Terminate)]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    public async Task An_instance_that_has_not_begun_or_is_held_can_be_terminated(OrchestrationRuntimeStatus status)
    {
        await using var host = await StartStandardAsync();
        await host.BringToAsync(status, "id");

        await host.Client.TerminateInstanceAsync("id", new TerminateInstanceOptions("end"), Cancellation);

        var end = await host.EndOfAsync("id");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "end"), (end.RuntimeStatus, end.ReadOutputAs<string>()));
    }

    [Fact]
    [Covers(Suspend)]
    [Covers(Resume)]
    [Covers(Terminate)]
    public async Task What_cannot_be_done_in_a_status_is_refused_and_said()
    {
        NotOnTheJudge("It takes such calls and does nothing.");
        await using var host = await StartStandardAsync();
        await host.BringToAsync(OrchestrationRuntimeStatus.Completed, "ended");
        await host.BringToAsync(OrchestrationRuntimeStatus.Running, "live");
        await host.BringToAsync(OrchestrationRuntimeStatus.Suspended, "held");
        var client = host.Client;

        await RefusedAsync(StatusCode.FailedPrecondition, "Cannot terminate the orchestration instance ended because instance is in the Completed state.", () =>
            client.TerminateInstanceAsync("ended", new TerminateInstanceOptions(), Cancellation));
        await RefusedAsync(StatusCode.FailedPrecondition, "Cannot suspend the orchestration instance ended because instance is in the Completed state.", () =>
            client.SuspendInstanceAsync("ended", null, Cancellation));
        await RefusedAsync(StatusCode.FailedPrecondition, "Cannot suspend the orchestration instance held because instance is in the Suspended state.", () =>
            client.SuspendInstanceAsync("held", null, Cancellation));
        await RefusedAsync(StatusCode.FailedPrecondition, "Cannot resume the orchestration instance ended because instance is in the Completed state.", () =>
            client.ResumeInstanceAsync("ended", null, Cancellation));
        await RefusedAsync(StatusCode.FailedPrecondition, "Cannot resume the orchestration instance live because instance is in the Running state.", () =>
            client.ResumeInstanceAsync("live", null, Cancellation));
    }

    [Fact]
    [Covers(Suspend)]
    [Covers(Resume)]
    [Covers(Terminate)]
    public async Task Unknown_and_missing_ids_and_cancelled_tokens_are_refused()
    {
        NotOnTheJudge("It takes such calls and does nothing.");
        await using var host = await StartStandardAsync();
        await host.BringToAsync(OrchestrationRuntimeStatus.Running, "live");
        var client = host.Client;
        Func<string, CancellationToken, Task>[] calls =
        [
            (id, token) => client.SuspendInstanceAsync(id, null, token),
            (id, token) => client.ResumeInstanceAsync(id, null, token),
            (id, token) => client.TerminateInstanceAsync(id, new TerminateInstanceOptions(), token),
        ];

        foreach (var call in calls)
        {
            await RefusedAsync(StatusCode.NotFound, "No instance with ID 'nope' was found.", () => call("nope", Cancellation));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => call(string.Empty, Cancellation));
            await CancelledAsync(() => call("live", new CancellationToken(canceled: true)));
        }

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.FindAsync("live")).RuntimeStatus);
    }
}

public sealed class SteeringTestsInSessions() : SteeringTests(HostKind.Sessions);

public sealed class SteeringTestsReplayed() : SteeringTests(HostKind.Replay);

public sealed class SteeringTestsOnTheJudge() : SteeringTests(HostKind.Judge);
