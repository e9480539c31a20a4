using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Running an instance again, and letting a failed one go on.</summary>
public abstract class RestartAndRewindTests(HostKind kind) : ContractTests(kind)
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
        await using var host = await StartStandardAsync();
        await host.BringToAsync(status, "id");
        var before = await host.FindAsync("id");

        var other = await host.Client.RestartAsync("id", restartWithNewInstanceId: true, Cancellation);
        var same = await host.Client.RestartAsync("id", restartWithNewInstanceId: false, Cancellation);

        Assert.Equal("id", same);
        Assert.True(Guid.TryParseExact(other, "N", out _), other);
        foreach (var id in new[] { other, same })
        {
            var again = await host.Client.WaitForInstanceStartAsync(id, getInputsAndOutputs: true, Cancellation);
            Assert.Equal((before.Name, "old"), (again.Name, again.ReadInputAs<string>()));
            Assert.True(again.CreatedAt > before.CreatedAt);
        }
    }

    [Fact]
    [Covers(Restart)]
    public async Task A_live_instance_is_restarted_only_under_a_new_id()
    {
        await using var host = await StartStandardAsync();
        await host.BringToAsync(OrchestrationRuntimeStatus.Running, "live");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            host.Client.RestartAsync("live", restartWithNewInstanceId: false, Cancellation));
        var other = await host.Client.RestartAsync("live", restartWithNewInstanceId: true, Cancellation);

        Assert.Contains("live", refusal.Message, StringComparison.Ordinal);
        Assert.NotEqual("live", other);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.UntilStatusAsync(other, OrchestrationRuntimeStatus.Running)).RuntimeStatus);
    }

    [Fact]
    [Covers(Rewind)]
    public async Task A_rewound_instance_does_again_what_failed_and_only_that()
    {
        ConcurrentQueue<string> ran = new();
        var broken = true;
        await using var host = await StartAsync(tasks => tasks
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
                    context.CallActivityAsync<string>("Act", "bad"));
                return $"{before} {string.Join(' ', all)}";
            }));
        var failed = await host.RunAsync("Fan", instanceId: "fan");
        ran.Clear();
        broken = false;

        await host.Client.RewindInstanceAsync("fan", "mended", Cancellation);
        var end = await host.EndOfAsync("fan");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal(("before good bad bad", null), (end.ReadOutputAs<string>(), end.FailureDetails));
        Assert.Equal(["bad", "bad"], ran);
    }

    [Fact]
    [Covers(Rewind)]
    public async Task An_instance_that_fails_again_can_be_rewound_again()
    {
        var attempts = 0;
        await using var host = await StartAsync(tasks => tasks
            .AddActivityFunc<int>("Third", _ => Interlocked.Increment(ref attempts) < 3 ? throw new IOException($"attempt {attempts}") : attempts)
            .AddOrchestratorFunc<int>("Run", context => context.CallActivityAsync<int>("Third")));
        await host.RunAsync("Run", instanceId: "id");

        await host.Client.RewindInstanceAsync("id", "again", Cancellation);
        var again = await host.EndOfAsync("id");
        await host.Client.RewindInstanceAsync("id", "and again", Cancellation);

        Assert.Contains("attempt 2", again.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(3, (await host.EndOfAsync("id")).ReadOutputAs<int>());
    }

    [Fact]
    [Covers(Restart)]
    [Covers(Rewind)]
    public async Task What_cannot_be_restarted_or_rewound_is_refused()
    {
        await using var host = await StartStandardAsync();
        await host.BringToAsync(OrchestrationRuntimeStatus.Completed, "ended");
        await host.BringToAsync(OrchestrationRuntimeStatus.Running, "live");
        var client = host.Client;
        CancellationToken cancelled = new(canceled: true);

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.RewindInstanceAsync("ended", "again", Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.RewindInstanceAsync("live", "again", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => client.RewindInstanceAsync("nope", "again", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => client.RestartAsync("nope", restartWithNewInstanceId: true, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.RewindInstanceAsync(string.Empty, "again", Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.RestartAsync(string.Empty, restartWithNewInstanceId: true, Cancellation));
        await CancelledAsync(() => client.RewindInstanceAsync("ended", "again", cancelled));
        await CancelledAsync(() => client.RestartAsync("ended", restartWithNewInstanceId: true, cancelled));
    }
}

public sealed class RestartAndRewindTestsInSessions() : RestartAndRewindTests(HostKind.Sessions);

public sealed class RestartAndRewindTestsReplayed() : RestartAndRewindTests(HostKind.Replay);
