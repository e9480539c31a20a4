using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

public sealed class RecoveryTests
{
    [Fact]
    public async Task An_activity_that_had_not_ended_runs_again_after_a_restart_and_one_that_had_does_not()
    {
        List<string> ran = [];
        TaskCompletionSource reached = new();
        TaskCompletionSource never = new();
        void Code(EngineHarness harness, Func<string, Task> last) => harness
            .Activity<string, string>("Act", async name =>
            {
                lock (ran)
                {
                    ran.Add(name);
                }

                if (name == "c")
                {
                    await last(name);
                }

                return name;
            })
            .Orchestrator("Chain", async context =>
            {
                var text = string.Empty;
                foreach (var name in new[] { "a", "b", "c" })
                {
                    text += await context.CallActivityAsync<string>("Act", name);
                }

                return text;
            });
        await using EngineHarness harness = new();
        Code(harness, async _ =>
        {
            reached.SetResult();
            await never.Task;
        });
        var id = await harness.Start().Client.ScheduleNewOrchestrationInstanceAsync("Chain", EngineHarness.Cancellation);
        await reached.Task;

        await harness.KillAsync();
        await harness.RestartAsync(restarted => Code(restarted, _ => Task.CompletedTask));
        var end = await harness.EndOfAsync(id);

        Assert.Equal("abc", end.ReadOutputAs<string>());
        Assert.Equal(["a", "b", "c", "c"], ran);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(0)]
    public async Task A_workflow_ends_the_same_whether_or_not_it_is_replayed_for_every_step(int cachedSessions)
    {
        await using EngineHarness harness = new(cachedSessions: cachedSessions);
        Mixed(harness).Start();

        var end = await harness.RunAsync("Mixed", 3, "mixed");

        Assert.Equal("0,1,4|child 3|caught flaky|2026", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_pending_timer_fires_after_a_restart()
    {
        static void Code(EngineHarness harness) => harness.Orchestrator("Wait", async context =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(300), CancellationToken.None);
            return "fired";
        });
        await using EngineHarness harness = new();
        Code(harness);
        var id = await harness.Start().Client.ScheduleNewOrchestrationInstanceAsync("Wait", EngineHarness.Cancellation);
        await harness.UntilHistoryAsync(id, history => history.OfType<TimerCreated>().Any());

        await harness.RestartAsync(Code);

        Assert.Equal("fired", (await harness.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_sub_orchestration_goes_on_after_a_restart_and_answers_its_parent()
    {
        TaskCompletionSource reached = new();
        TaskCompletionSource never = new();
        static void Code(EngineHarness harness, Func<Task> hold) => harness
            .Activity<string, string>("Hold", async text =>
            {
                await hold();
                return text;
            })
            .Orchestrator("Child", context => context.CallActivityAsync<string>("Hold", "from the child"))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>("Child"));
        await using EngineHarness harness = new();
        Code(harness, () =>
        {
            reached.SetResult();
            return never.Task;
        });
        var id = await harness.Start().Client.ScheduleNewOrchestrationInstanceAsync("Parent", EngineHarness.Cancellation);
        await reached.Task;

        await harness.KillAsync();
        await harness.RestartAsync(restarted => Code(restarted, () => Task.CompletedTask));

        Assert.Equal("from the child", (await harness.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Code_that_asks_for_another_activity_than_recorded_fails_the_instance_and_says_which()
    {
        var failure = await ReplayWithAsync(context => context.CallActivityAsync<string>("Other", "x"));

        Assert.StartsWith("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException: Non-Deterministic workflow detected: step 1 of orchestration 'Held'", failure);
        Assert.Contains("recorded the activity 'Hold' (#0), but the code, replayed, asked for the activity 'Other' (#0).", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_asks_for_more_than_recorded_fails_the_instance()
    {
        var failure = await ReplayWithAsync(async context =>
        {
            var first = context.CallActivityAsync<string>("Hold", "x");
            await context.CallActivityAsync<string>("Other", "y");
            return await first;
        });

        Assert.Contains("recorded no further request, but the code, replayed, asked for the activity 'Other' (#1).", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_asks_for_less_than_recorded_fails_the_instance()
    {
        var failure = await ReplayWithAsync(_ => Task.FromResult("nothing"));

        Assert.Contains("recorded the activity 'Hold' (#0), but the code, replayed, asked for nothing more.", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_awaits_something_that_is_not_durable_fails_the_instance_and_does_not_hang()
    {
        TaskCompletionSource never = new();
        TaskCompletionSource elsewhere = new();
        await using var harness = new EngineHarness()
            .Activity<int, int>("Same", number => number)
            .Orchestrator("First", async _ =>
            {
                await never.Task;
                return 1;
            })
            .Orchestrator("Later", async context =>
            {
                await context.CallActivityAsync<int>("Same", 1);
                await never.Task;
                return await context.CallActivityAsync<int>("Same", 2);
            })
            .Orchestrator("Beside", async context =>
            {
                var timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                await elsewhere.Task;
                await timer;
                return 1;
            })
            .Orchestrator("OffContext", async context =>
            {
                await context.CallActivityAsync<int>("Same", 1).ConfigureAwait(false);
                return await context.CallActivityAsync<int>("Same", 2);
            })
            .Start();
        var beside = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Beside", EngineHarness.Cancellation);
        await harness.UntilHistoryAsync(beside, history => history.OfType<TimerCreated>().Any());
        elsewhere.SetResult();

        foreach (var end in new[] { await harness.RunAsync("First"), await harness.RunAsync("Later"), await harness.RunAsync("OffContext"), await harness.EndOfAsync(beside) })
        {
            Assert.Equal((end.Name, OrchestrationRuntimeStatus.Failed), (end.Name, end.RuntimeStatus));
            Assert.StartsWith("System.InvalidOperationException: An invalid asynchronous invocation was detected.", end.SerializedOutput);
        }
    }

    [Fact]
    public async Task New_identifiers_and_the_current_time_are_the_same_on_every_replay()
    {
        await using EngineHarness harness = new(cachedSessions: 0);
        List<string> seen = [];
        harness
            .Activity<int, int>("Same", number => number)
            .Orchestrator("Stable", async context =>
            {
                var first = $"{context.NewGuid()} {context.NewGuid()} {context.CurrentUtcDateTime:O}";
                seen.Add(first);
                await context.CallActivityAsync<int>("Same", 1);
                await context.CallActivityAsync<int>("Same", 2);
                return first;
            })
            .Start();

        var end = await harness.RunAsync("Stable");

        Assert.Equal(3, seen.Count);
        Assert.Equal(end.ReadOutputAs<string>(), Assert.Single(seen.Distinct(StringComparer.Ordinal)));
        Assert.Equal(2, seen[0].Split(' ')[..2].Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_replay_safe_logger_logs_each_line_once()
    {
        await using EngineHarness harness = new(cachedSessions: 0);
        harness
            .Activity<int, int>("Same", number => number)
            .Orchestrator("Logs", async context =>
            {
                var log = context.CreateReplaySafeLogger("test");
                List<bool> enabled = [];
                enabled.Add(context.IsReplaying);
                await context.CallActivityAsync<int>("Same", 1);
                enabled.Add(context.IsReplaying);
                await context.CallActivityAsync<int>("Same", 2);
                enabled.Add(context.IsReplaying);
                return enabled;
            })
            .Start();

        var end = await harness.RunAsync("Logs");

        // In the last step everything but what follows the last await is replay.
        Assert.Equal([true, true, false], end.ReadOutputAs<bool[]>()!);
    }

    private static async Task<string> ReplayWithAsync(Func<TaskOrchestrationContext, Task<string>> changed)
    {
        TaskCompletionSource reached = new();
        TaskCompletionSource never = new();
        await using EngineHarness harness = new();
        harness
            .Activity<string, string>("Hold", async text =>
            {
                reached.SetResult();
                await never.Task;
                return text;
            })
            .Orchestrator("Held", context => context.CallActivityAsync<string>("Hold", "x"))
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Held", EngineHarness.Cancellation);
        await reached.Task;

        await harness.KillAsync();
        await harness.RestartAsync(restarted => restarted
            .Activity<string, string>("Hold", text => text)
            .Activity<string, string>("Other", text => text)
            .Orchestrator("Held", changed));
        var end = await harness.EndOfAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        return end.SerializedOutput!;
    }

    private static EngineHarness Mixed(EngineHarness harness)
    {
        return harness
            .Activity<int, int>("Square", number => number * number)
            .Activity<string, string>("Flaky", string (_) => throw new IOException("flaky"))
            .Orchestrator("Child", context => Task.FromResult($"child {context.GetInput<int>()}"))
            .Orchestrator("Mixed", async context =>
            {
                var count = context.GetInput<int>();
                var squares = await Task.WhenAll(Enumerable.Range(0, count).Select(number => context.CallActivityAsync<int>("Square", number)));
                var child = await context.CallSubOrchestratorAsync<string>("Child", count);
                string caught;
                try
                {
                    caught = await context.CallActivityAsync<string>("Flaky", "x", TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(5))));
                }
                catch (TaskFailedException failure)
                {
                    caught = "caught " + failure.FailureDetails.ErrorMessage;
                }

                await context.CreateTimer(TimeSpan.FromMilliseconds(10), CancellationToken.None);
                return $"{string.Join(',', squares)}|{child}|{caught}|{context.CurrentUtcDateTime.Year / 2026 * 2026}";
            });
    }
}
