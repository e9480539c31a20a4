using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Running an instance again, and letting a failed one go on.</summary>
public sealed class RestartAndRewindTests
{
    private const string Restart = "client.RestartAsync(string, bool, CancellationToken)";
    private const string Rewind = "client.RewindInstanceAsync(string, string, CancellationToken)";

    [Theory]
    [Covers(Restart)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task An_ended_instance_is_restarted_with_its_input_under_its_own_id_or_a_new_one(OrchestrationRuntimeStatus status)
    {
        await using var host = await ContractHost.StartStandardAsync();
        await host.BringToAsync(status, "id");
        var before = await host.FindAsync("id");

        var other = await host.Client.RestartAsync("id", restartWithNewInstanceId: true, ContractHost.Cancellation);
        var same = await host.Client.RestartAsync("id", restartWithNewInstanceId: false, ContractHost.Cancellation);

        Assert.Equal("id", same);
        Assert.True(Guid.TryParseExact(other, "N", out _), other);
        foreach (var id in new[] { other, same })
        {
            var again = await host.Client.WaitForInstanceStartAsync(id, getInputsAndOutputs: true, ContractHost.Cancellation);
            Assert.Equal((before.Name, "old"), (again.Name, again.ReadInputAs<string>()));
            Assert.True(again.CreatedAt > before.CreatedAt);
        }
    }

    [Fact]
    [Covers(Restart)]
    public async Task A_live_instance_is_restarted_only_under_a_new_id()
    {
        await using var host = await ContractHost.StartStandardAsync();
        await host.BringToAsync(OrchestrationRuntimeStatus.Running, "live");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.RestartAsync("live", restartWithNewInstanceId: false, ContractHost.Cancellation));
        var other = await host.Client.RestartAsync("live", restartWithNewInstanceId: true, ContractHost.Cancellation);

        Assert.Equal("A non-terminal instance with this instance ID already exists.", refusal.Message);
        Assert.NotEqual("live", other);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.UntilStatusAsync(other, OrchestrationRuntimeStatus.Running)).RuntimeStatus);
    }

    [Fact]
    [Covers(Rewind)]
    public async Task A_rewound_instance_does_again_what_failed_and_only_that()
    {
        ConcurrentQueue<string> ran = new();
        var broken = true;
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string, string>("Act", (_, name) =>
            {
                ran.Enqueue(name);
                return name == "bad" && broken ? throw new IOException("broken") : name;
            })
            .AddOrchestratorFunc<string>("Child", context => context.CallActivityAsync<string>("Act", "bad"))
            .AddOrchestratorFunc<string>("Fan", async context =>
            {
                var before = await context.CallActivityAsync<string>("Act", "before");
                var all = await Task.WhenAll(
                    context.CallActivityAsync<string>("Act", "good"),
                    context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "child")),
                    context.CallActivityAsync<string>("Act", "bad", TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(1)))));
                return $"{before} {string.Join(' ', all)}";
            }));
        var failed = await host.RunAsync("Fan", instanceId: "fan");
        ran.Clear();
        broken = false;

        await host.Client.RewindInstanceAsync("fan", "mended", ContractHost.Cancellation);
        var end = await host.EndOfAsync("fan");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal(("before good bad bad", null), (end.ReadOutputAs<string>(), end.FailureDetails));
        Assert.Equal(["bad", "bad"], ran);
    }

    [Theory]
    [InlineData("live")]
    [InlineData("completed")]
    [InlineData("terminated")]
    [InlineData("purged")]
    [Covers(Rewind)]
    public async Task A_rewound_instance_hears_from_each_sub_orchestration_whatever_became_of_it(string child)
    {
        var broken = true;
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string>("Act", _ => broken ? throw new IOException("broken") : "mended")
            .AddOrchestratorFunc<string>("Child", context => context.WaitForExternalEvent<string>("go"))
            .AddOrchestratorFunc<string>("Parent", async context =>
            {
                var waiting = context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "child"));
                return $"{await context.CallActivityAsync<string>("Act")} {await waiting}";
            }));
        await host.RunAsync("Parent", instanceId: "parent");
        broken = false;
        switch (child)
        {
            case "completed":
                await host.Client.RaiseEventAsync("child", "go", "gone", ContractHost.Cancellation);
                await host.EndOfAsync("child");
                break;
            case "terminated" or "purged":
                await host.Client.TerminateInstanceAsync("child", "stopped", ContractHost.Cancellation);
                await host.EndOfAsync("child");
                break;
        }

        if (child == "purged")
        {
            await host.Client.PurgeInstanceAsync("child", ContractHost.Cancellation);
        }

        await host.Client.RewindInstanceAsync("parent", "mended", ContractHost.Cancellation);
        if (child != "completed")
        {
            await host.Client.RaiseEventAsync("child", "go", "gone", ContractHost.Cancellation);
        }

        Assert.Equal("mended gone", (await host.EndOfAsync("parent")).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(Rewind)]
    public async Task An_instance_that_fails_again_can_be_rewound_again()
    {
        var attempts = 0;
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<int>("Third", _ => Interlocked.Increment(ref attempts) < 3 ? throw new IOException($"attempt {attempts}") : attempts)
            .AddOrchestratorFunc<int>("Run", context => context.CallActivityAsync<int>("Third")));
        await host.RunAsync("Run", instanceId: "id");

        await host.Client.RewindInstanceAsync("id", "again", ContractHost.Cancellation);
        var again = await host.EndOfAsync("id");
        await host.Client.RewindInstanceAsync("id", "and again", ContractHost.Cancellation);

        Assert.Contains("attempt 2", again.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(3, (await host.EndOfAsync("id")).ReadOutputAs<int>());
    }

    [Fact]
    [Covers(Restart)]
    [Covers(Rewind)]
    public async Task What_cannot_be_restarted_or_rewound_is_refused_and_said()
    {
        await using var host = await ContractHost.StartStandardAsync();
        await host.BringToAsync(OrchestrationRuntimeStatus.Completed, "ended");
        await host.BringToAsync(OrchestrationRuntimeStatus.Running, "live");
        var client = host.Client;
        CancellationToken cancelled = new(canceled: true);

        var ended = await Assert.ThrowsAsync<InvalidOperationException>(() => client.RewindInstanceAsync("ended", "again", ContractHost.Cancellation));
        var live = await Assert.ThrowsAsync<InvalidOperationException>(() => client.RewindInstanceAsync("live", "again", ContractHost.Cancellation));
        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => client.RewindInstanceAsync("nope", "again", ContractHost.Cancellation));
        var unknownToo = await Assert.ThrowsAsync<ArgumentException>(() => client.RestartAsync("nope", restartWithNewInstanceId: true, ContractHost.Cancellation));

        Assert.Equal("This orchestration has status Completed, but only orchestrations in the \"Failed\" state can be rewound.", ended.Message);
        Assert.Equal("This orchestration has status Running, but only orchestrations in the \"Failed\" state can be rewound.", live.Message);
        Assert.StartsWith("No orchestration with instance ID \"nope\" found.", unknown.Message, StringComparison.Ordinal);
        Assert.StartsWith("No instance with ID 'nope' was found.", unknownToo.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.RewindInstanceAsync(string.Empty, "again", ContractHost.Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.RestartAsync(string.Empty, restartWithNewInstanceId: true, ContractHost.Cancellation));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.RewindInstanceAsync("ended", "again", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.RestartAsync("ended", restartWithNewInstanceId: true, cancelled));
    }
}
