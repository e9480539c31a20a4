using System.Collections.Concurrent;
using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Engine;

public sealed class OrchestrationTests
{
    [Fact]
    public async Task An_orchestrator_calls_activities_one_after_another_and_returns_its_result()
    {
        await using var harness = new EngineHarness()
            .Activity<int, int>("Double", number => number * 2)
            .Orchestrator("Twice", async context => await context.CallActivityAsync<int>("Double", await context.CallActivityAsync<int>("Double", context.GetInput<int>())))
            .Start();

        var end = await harness.RunAsync("Twice", 5);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(20, end.ReadOutputAs<int>());
        Assert.Equal("5", end.SerializedInput);
    }

    [Fact]
    public async Task Activities_fanned_out_come_back_in_the_order_of_their_calls()
    {
        await using var harness = new EngineHarness()
            .Activity<int, int>("Square", number => number * number)
            .Orchestrator("FanOut", context => Task.WhenAll(Enumerable.Range(0, 200).Select(number => context.CallActivityAsync<int>("Square", number))))
            .Start();

        var end = await harness.RunAsync("FanOut");

        Assert.Equal(Enumerable.Range(0, 200).Select(number => number * number), end.ReadOutputAs<int[]>());
    }

    [Fact]
    public async Task A_failed_activity_throws_TaskFailedException_with_type_and_message()
    {
        await using var harness = new EngineHarness()
            .Activity<string, string>("Act", string (_) => throw new FormatException("act: boom"))
            .Orchestrator("Catch", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<string>("Act", "x");
                }
                catch (TaskFailedException failure)
                {
                    return $"{failure.Message}|{failure.TaskName}|{failure.TaskId}|{failure.FailureDetails.ErrorType}|{failure.FailureDetails.ErrorMessage}"
                        + $"|{failure.FailureDetails.IsCausedBy<FormatException>()}|{failure.FailureDetails.IsCausedBy<SystemException>()}|{failure.FailureDetails.IsCausedBy<IOException>()}";
                }
            })
            .Start();

        var end = await harness.RunAsync("Catch");

        Assert.Equal(
            "Task 'Act' (#0) failed with an unhandled exception: act: boom|Act|0|System.FormatException|act: boom|True|True|False", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_uncaught_failure_fails_the_instance_and_keeps_the_activitys_details_inside()
    {
        await using var harness = new EngineHarness()
            .Activity<string, string>("Act", string (_) => throw new FormatException("boom"))
            .Orchestrator("Throw", context => context.CallActivityAsync<string>("Act"))
            .Start();

        var end = await harness.RunAsync("Throw");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("Microsoft.DurableTask.TaskFailedException: Task 'Act' (#0) failed with an unhandled exception: boom", end.SerializedOutput);
        Assert.Equal("System.FormatException", end.FailureDetails?.InnerFailure?.ErrorType);
    }

    [Fact]
    public async Task An_orchestrator_that_throws_before_its_first_await_fails_its_instance()
    {
        await using var harness = new EngineHarness().Orchestrator<int>("Throw", _ => throw new InvalidOperationException("at once")).Start();

        var end = await harness.RunAsync("Throw");

        Assert.Equal("System.InvalidOperationException: at once", end.SerializedOutput);
    }

    [Theory]
    [InlineData("NoSuchOrchestrator", "The function 'NoSuchOrchestrator' doesn't exist")]
    [InlineData("CallsNothing", "The function 'NoSuchActivity' doesn't exist")]
    public async Task An_unknown_name_fails_the_instance_and_is_named(string orchestrator, string message)
    {
        await using var harness = new EngineHarness().Orchestrator("CallsNothing", context => context.CallActivityAsync<int>("NoSuchActivity")).Start();

        var end = await harness.RunAsync(orchestrator);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains(message, end.FailureDetails!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_policy_repeats_a_failed_activity_after_growing_waits()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        ConcurrentQueue<DateTimeOffset> attempts = new();
        await using var harness = new EngineHarness(clock)
            .Activity<string, string>("Flaky", _ =>
            {
                attempts.Enqueue(clock.GetUtcNow());
                return attempts.Count < 4 ? throw new IOException("not yet") : "done";
            })
            .Orchestrator("Retry", context => context.CallActivityAsync<string>(
                "Flaky", "x", TaskOptions.FromRetryPolicy(new RetryPolicy(4, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(3)))))
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Retry", EngineHarness.Cancellation);

        var end = await harness.EndOfAsync(id, clock, TimeSpan.FromMilliseconds(100));

        Assert.Equal("done", end.ReadOutputAs<string>());
        var created = harness.HistoryOf(id).OfType<TimerCreated>();
        Assert.Equal([1.0, 2.0, 3.0], created.Select(timer => (timer.FireAt - timer.At).TotalSeconds));
        Assert.Equal(4, attempts.Count);
    }

    [Fact]
    public async Task A_retry_policy_gives_up_after_its_attempts_and_when_it_does_not_handle_the_failure()
    {
        var attempts = 0;
        await using var harness = new EngineHarness()
            .Activity<string, string>("Fail", string (_) => throw new IOException($"attempt {Interlocked.Increment(ref attempts)}"))
            .Orchestrator("All", context => context.CallActivityAsync<string>(
                "Fail", "x", TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)))))
            .Orchestrator("None", context => context.CallActivityAsync<string>(
                "Fail", "x", TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)) { HandleFailure = failure => !failure.IsCausedBy<IOException>() })))
            .Start();

        var all = await harness.RunAsync("All");
        var none = await harness.RunAsync("None");

        Assert.Contains("attempt 3", all.SerializedOutput, StringComparison.Ordinal);
        Assert.Contains("attempt 4", none.SerializedOutput, StringComparison.Ordinal);
        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task A_retry_handler_repeats_at_once_for_as_long_as_it_says()
    {
        var attempts = 0;
        await using var harness = new EngineHarness()
            .Activity<string, string>("Fail", string (_) => throw new IOException($"attempt {Interlocked.Increment(ref attempts)}"))
            .Orchestrator("Handled", context => context.CallActivityAsync<string>(
                "Fail", "x", new TaskOptions(TaskRetryOptions.FromRetryHandler(retry => retry.LastAttemptNumber < 3 && retry.LastFailure.IsCausedBy<IOException>()))))
            .Start();

        var end = await harness.RunAsync("Handled");

        Assert.Contains("attempt 3", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_durable_timer_fires_when_it_is_due_and_not_before()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var harness = new EngineHarness(clock)
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(40), CancellationToken.None);
                return context.CurrentUtcDateTime;
            })
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Wait", EngineHarness.Cancellation);
        await harness.UntilHistoryAsync(id, history => history.OfType<TimerCreated>().Any());

        clock.Advance(TimeSpan.FromDays(39));
        Assert.DoesNotContain(harness.HistoryOf(id), historyEvent => historyEvent is TimerFired);
        var end = await harness.EndOfAsync(id, clock, TimeSpan.FromHours(6));

        Assert.InRange(end.ReadOutputAs<DateTime>(), new DateTime(2026, 2, 10, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 2, 11, 0, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task A_timer_in_the_past_is_over_at_once_and_a_cancelled_one_is_cancelled()
    {
        await using var harness = new EngineHarness()
            .Orchestrator("Timers", async context =>
            {
                await context.CreateTimer(context.CurrentUtcDateTime.AddHours(-1), CancellationToken.None);
                using CancellationTokenSource cancellation = new();
                var never = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
                cancellation.Cancel();
                return $"{never.IsCanceled}";
            })
            .Start();

        var end = await harness.RunAsync("Timers");

        Assert.Equal("True", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_sub_orchestration_has_its_own_instance_and_knows_its_parent()
    {
        await using var harness = new EngineHarness()
            .Orchestrator("Child", context => Task.FromResult($"{context.GetInput<string>()} of {context.Parent?.Name} {context.Parent?.InstanceId}"))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>("Child", "child", new SubOrchestrationOptions(instanceId: "p:1")))
            .Start();

        var end = await harness.RunAsync("Parent", instanceId: "p");
        var child = await harness.Client.GetInstanceAsync("p:1", getInputsAndOutputs: true, EngineHarness.Cancellation);

        Assert.Equal("child of Parent p", end.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, child?.RuntimeStatus);
    }

    [Fact]
    public async Task A_failed_sub_orchestration_throws_in_its_parent()
    {
        await using var harness = new EngineHarness()
            .Orchestrator<string>("Child", _ => throw new ArgumentException("child boom"))
            .Orchestrator("Parent", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Child");
                }
                catch (TaskFailedException failure)
                {
                    return $"{failure.TaskName}: {failure.FailureDetails.ErrorType}";
                }
            })
            .Start();

        var end = await harness.RunAsync("Parent");

        Assert.Equal("Child: System.ArgumentException", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_sub_orchestration_whose_id_is_taken_by_a_live_instance_fails_in_its_parent()
    {
        TaskCompletionSource release = new();
        await using var harness = new EngineHarness()
            .Activity<string, string>("Hold", async _ =>
            {
                await release.Task;
                return "held";
            })
            .Orchestrator("Live", context => context.CallActivityAsync<string>("Hold"))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>("Live", options: new SubOrchestrationOptions(instanceId: "taken")))
            .Start();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Live", new StartOrchestrationOptions("taken"), EngineHarness.Cancellation);

        var end = await harness.RunAsync("Parent");
        release.SetResult();

        Assert.Contains("An Orchestration instance with the ID taken already exists.", end.SerializedOutput, StringComparison.Ordinal);
        Assert.Equal("held", (await harness.EndOfAsync("taken")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Custom_status_shows_what_was_set_last_and_has_a_limit()
    {
        await using var harness = new EngineHarness()
            .Activity<int, int>("Same", number => number)
            .Orchestrator("Shows", async context =>
            {
                context.SetCustomStatus(new { Phase = "first" });
                await context.CallActivityAsync<int>("Same", 1);
                context.SetCustomStatus(new { Phase = "last" });
                return 1;
            })
            .Orchestrator("ShowsTooMuch", context =>
            {
                context.SetCustomStatus(new string('x', 8192));
                return Task.FromResult(1);
            })
            .Start();

        var end = await harness.RunAsync("Shows");
        var tooMuch = await harness.RunAsync("ShowsTooMuch");

        Assert.Equal("""{"Phase":"last"}""", end.SerializedCustomStatus);
        Assert.Contains("CustomStatus is too large: limit = 16 KB (UTF-16)", tooMuch.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_id_cannot_be_started_again_and_an_ended_one_is_replaced()
    {
        TaskCompletionSource release = new();
        await using var harness = new EngineHarness()
            .Activity<string, string>("Hold", async text =>
            {
                await release.Task;
                return text;
            })
            .Orchestrator("Once", context => context.CallActivityAsync<string>("Hold", context.GetInput<string>()))
            .Start();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Once", "first", new StartOrchestrationOptions("once"), EngineHarness.Cancellation);

        var refusal = await Assert.ThrowsAsync<DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException>(
            () => harness.Client.ScheduleNewOrchestrationInstanceAsync("Once", "second", new StartOrchestrationOptions("once"), EngineHarness.Cancellation));
        release.SetResult();
        var first = await harness.EndOfAsync("once");
        var second = await harness.RunAsync("Once", "second", "once");

        Assert.Equal("An Orchestration instance with the ID once already exists.", refusal.Message);
        Assert.Equal("first", first.ReadOutputAs<string>());
        Assert.Equal("second", second.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_start_at_a_later_time_is_pending_until_then()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var harness = new EngineHarness(clock).Orchestrator("Late", context => Task.FromResult(context.CurrentUtcDateTime)).Start();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync(
            "Late", new StartOrchestrationOptions("late", clock.GetUtcNow().AddHours(2)), EngineHarness.Cancellation);

        var before = await harness.Client.GetInstanceAsync("late", EngineHarness.Cancellation);
        var end = await harness.EndOfAsync("late", clock, TimeSpan.FromMinutes(30));

        Assert.Equal(OrchestrationRuntimeStatus.Pending, before?.RuntimeStatus);
        Assert.True(end.ReadOutputAs<DateTime>() >= new DateTime(2026, 1, 1, 2, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_the_limit()
    {
        var running = 0;
        var most = 0;
        using SemaphoreSlim gate = new(0);
        await using var harness = new EngineHarness()
            .Activity<int, int>("Busy", async number =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                if (now == EngineHarness.ConcurrentActivities)
                {
                    gate.Release(1000);
                }

                await gate.WaitAsync(EngineHarness.Cancellation);
                Interlocked.Decrement(ref running);
                return number;
            })
            .Orchestrator("FanOut", context => Task.WhenAll(Enumerable.Range(0, 50).Select(number => context.CallActivityAsync<int>("Busy", number))))
            .Start();

        var end = await harness.RunAsync("FanOut");

        Assert.Equal(50, end.ReadOutputAs<int[]>()!.Length);
        Assert.Equal(EngineHarness.ConcurrentActivities, most);

        static void InterlockedMax(ref int target, int value)
        {
            for (var seen = target; value > seen; seen = Interlocked.CompareExchange(ref target, value, seen))
            {
            }
        }
    }

    [Fact]
    public async Task Instances_are_listed_by_prefix_status_and_page()
    {
        await using var harness = new EngineHarness()
            .Orchestrator("Ok", _ => Task.FromResult(1))
            .Orchestrator<int>("Bad", _ => throw new InvalidOperationException("bad"))
            .Start();
        foreach (var number in Enumerable.Range(0, 5))
        {
            await harness.RunAsync("Ok", instanceId: $"ok-{number}");
            await harness.RunAsync("Bad", instanceId: $"bad-{number}");
        }

        var failed = harness.Client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Failed]));
        var pages = harness.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "ok-", PageSize: 2)).AsPages();

        Assert.Equal(["bad-0", "bad-1", "bad-2", "bad-3", "bad-4"], await failed.Select(instance => instance.InstanceId).ToListAsync(EngineHarness.Cancellation));
        Assert.Equal([2, 2, 1], await pages.Select(page => page.Values.Count).ToListAsync(EngineHarness.Cancellation));
    }
}
