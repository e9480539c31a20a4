using Grpc.Core;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Waiting for instances to begin and to end.</summary>
public abstract class WaitTests(HostKind kind) : ContractTests(kind)
{
    private const string Start = "client.WaitForInstanceStartAsync(string, bool, CancellationToken)";
    private const string Completion = "client.WaitForInstanceCompletionAsync(string, bool, CancellationToken)";

    [Fact]
    [Covers(Start)]
    [Covers("client.WaitForInstanceStartAsync(string, CancellationToken)")]
    public async Task A_wait_for_the_start_ends_when_the_instance_has_begun()
    {
        await using var host = await StartStandardAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", "x", Cancellation);

        var bare = await host.Client.WaitForInstanceStartAsync(id, Cancellation);
        var full = await host.Client.WaitForInstanceStartAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal((id, "Waits", OrchestrationRuntimeStatus.Running, true), (bare.InstanceId, bare.Name, bare.RuntimeStatus, bare.IsRunning));
        Assert.Null(bare.SerializedInput);
        Assert.Equal("x", full.ReadInputAs<string>());
    }

    [Fact]
    [Covers(Completion)]
    [Covers("client.WaitForInstanceCompletionAsync(string, CancellationToken)")]
    public async Task A_wait_for_the_end_ends_when_the_instance_has_ended()
    {
        await using var host = await StartStandardAsync();
        var id = await host.BeginAsync("Waits", "x");
        var bare = host.Client.WaitForInstanceCompletionAsync(id, Cancellation);
        var full = host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);
        Assert.False(bare.IsCompleted || full.IsCompleted);

        await host.Client.RaiseEventAsync(id, "go", "done", Cancellation);

        Assert.Equal((OrchestrationRuntimeStatus.Completed, true), ((await bare).RuntimeStatus, (await bare).IsCompleted));
        Assert.Null((await bare).SerializedOutput);
        Assert.Equal("done", (await full).ReadOutputAs<string>());
    }

    [Theory]
    [Covers(Start)]
    [Covers(Completion)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task Waits_for_what_has_ended_are_over_at_once(OrchestrationRuntimeStatus status)
    {
        await using var host = await StartStandardAsync();
        await host.BringToAsync(status, "id");

        Assert.Equal(status, (await host.Client.WaitForInstanceStartAsync("id", getInputsAndOutputs: false, Cancellation)).RuntimeStatus);
        Assert.Equal(status, (await host.Client.WaitForInstanceCompletionAsync("id", getInputsAndOutputs: false, Cancellation)).RuntimeStatus);
    }

    [Fact]
    [Covers(Start)]
    [Covers(Completion)]
    public async Task Waits_for_an_unknown_id_end_with_the_instance_that_comes()
    {
        await using var host = await StartStandardAsync();
        var start = host.Client.WaitForInstanceStartAsync("to-come", getInputsAndOutputs: false, Cancellation);
        var end = host.Client.WaitForInstanceCompletionAsync("to-come", getInputsAndOutputs: true, Cancellation);

        await host.RunAsync("Echo", "here", "to-come");

        Assert.Equal("to-come", (await start).InstanceId);
        Assert.Equal("here", (await end).ReadOutputAs<string>());
    }

    [Theory]
    [Covers(Start)]
    [Covers(Completion)]
    [InlineData("unknown")]
    [InlineData("pending")]
    public async Task Waits_end_when_they_are_cancelled(string id)
    {
        await using var host = await StartStandardAsync();
        await host.BringToAsync(OrchestrationRuntimeStatus.Pending, "pending");
        using CancellationTokenSource cancellation = new();
        var start = host.Client.WaitForInstanceStartAsync(id, getInputsAndOutputs: false, cancellation.Token);
        var end = host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: false, cancellation.Token);
        Assert.False(start.IsCompleted || end.IsCompleted);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => end);
    }

    [Fact]
    [Covers(Start)]
    [Covers(Completion)]
    public async Task Waits_without_an_id_or_of_a_cancelled_token_are_refused()
    {
        NotOnTheJudge("It waits for an instance without an id.");
        await using var host = await StartStandardAsync();
        await host.RunAsync("Echo", instanceId: "ended");
        CancellationToken cancelled = new(canceled: true);

        await RefusedAsync(StatusCode.InvalidArgument, "names no instance", () => host.Client.WaitForInstanceStartAsync(string.Empty, Cancellation));
        await RefusedAsync(StatusCode.InvalidArgument, "names no instance", () => host.Client.WaitForInstanceCompletionAsync(string.Empty, Cancellation));
        await CancelledAsync(() => host.Client.WaitForInstanceStartAsync("ended", getInputsAndOutputs: false, cancelled));
        await CancelledAsync(() => host.Client.WaitForInstanceCompletionAsync("ended", getInputsAndOutputs: false, cancelled));
    }
}

public sealed class WaitTestsInSessions() : WaitTests(HostKind.Sessions);

public sealed class WaitTestsReplayed() : WaitTests(HostKind.Replay);

public sealed class WaitTestsOnTheJudge() : WaitTests(HostKind.Judge);
