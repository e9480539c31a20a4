using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Failed calls that are repeated, by a policy or as a handler says.</summary>
public abstract class RetryTests(HostKind kind) : ContractTests(kind)
{
    [Fact]
    public async Task A_policy_repeats_after_growing_waits_and_counts_the_first_attempt()
    {
        NotOnTheJudge("It tells no histories.");
        var attempts = 0;
        TaskOptions options = TaskOptions.FromRetryPolicy(new RetryPolicy(4, TimeSpan.FromMilliseconds(10), 2, TimeSpan.FromMilliseconds(30)));
        await using var host = await StartAsync(() => ++attempts, context => context.CallActivityAsync<int>("Flaky", options), succeedsAt: 4);

        var end = await host.RunAsync("Retry", instanceId: "r");
        var history = await host.Client.GetOrchestrationHistoryAsync("r", Cancellation);

        Assert.Equal(4, end.ReadOutputAs<int>());
        var now = default(DateTime);
        List<double> waits = [];
        foreach (var happened in history)
        {
            now = happened is OrchestratorStartedEvent ? happened.Timestamp : now;
            if (happened is TimerCreatedEvent timer)
            {
                waits.Add(Math.Round((timer.FireAt - now).TotalMilliseconds));
            }
        }

        Assert.Equal([10.0, 20.0, 30.0], waits);
    }

    [Fact]
    public async Task A_policy_gives_up_with_the_last_failure()
    {
        var attempts = 0;
        TaskOptions options = new(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)));
        await using var host = await StartAsync(() => ++attempts, context => context.CallActivityAsync<int>("Flaky", options), succeedsAt: 9);

        var end = await host.RunAsync("Retry");

        Assert.Equal(3, attempts);
        Assert.Contains("attempt 3", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_repeats_only_what_it_handles()
    {
        var attempts = 0;
        List<string> asked = [];
        TaskOptions options = new(new RetryPolicy(5, TimeSpan.FromMilliseconds(1))
        {
            HandleFailure = failure =>
            {
                asked.Add(failure.ErrorType);
                return !failure.IsCausedBy<IOException>();
            },
        });
        await using var host = await StartAsync(() => ++attempts, context => context.CallActivityAsync<int>("Flaky", options), succeedsAt: 9);

        var end = await host.RunAsync("Retry");

        Assert.Equal((OrchestrationRuntimeStatus.Failed, 1), (end.RuntimeStatus, attempts));
        Assert.All(asked, type => Assert.Equal("System.IO.IOException", type));
    }

    [Fact]
    public async Task A_policy_begins_no_attempt_after_its_time()
    {
        var attempts = 0;
        TaskOptions options = new(new RetryPolicy(1000, TimeSpan.FromMilliseconds(400), retryTimeout: TimeSpan.FromMilliseconds(1000)));
        await using var host = await StartAsync(() => ++attempts, context => context.CallActivityAsync<int>("Flaky", options), succeedsAt: 1000);

        var end = await host.RunAsync("Retry");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.InRange(attempts, 2, 4);
    }

    [Fact]
    public async Task A_handler_repeats_at_once_for_as_long_as_it_says()
    {
        var attempts = 0;
        List<(int Attempt, string Type, bool IsTime, string InstanceId)> asked = [];
        RetryHandler handler = retry =>
        {
            asked.Add((retry.LastAttemptNumber, retry.LastFailure.ErrorType, retry.TotalRetryTime >= TimeSpan.Zero, retry.OrchestrationContext.InstanceId));
            return !retry.CancellationToken.IsCancellationRequested && retry.LastAttemptNumber < 3;
        };
        await using var host = await StartAsync(
            () => ++attempts, context => context.CallActivityAsync<int>("Flaky", TaskOptions.FromRetryHandler(handler)), succeedsAt: 9);

        var end = await host.RunAsync("Retry", instanceId: "r");
        var history = await host.Client.GetOrchestrationHistoryAsync("r", Cancellation);

        Assert.Contains("attempt 3", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(
            [(1, "System.IO.IOException", true, "r"), (2, "System.IO.IOException", true, "r"), (3, "System.IO.IOException", true, "r")], asked.Distinct());
        Assert.Empty(history.OfType<TimerCreatedEvent>());
    }

    [Fact]
    public async Task An_asynchronous_handler_may_wait_on_a_durable_timer()
    {
        NotOnTheJudge("It tells no histories.");
        var attempts = 0;
        AsyncRetryHandler handler = async retry =>
        {
            await retry.OrchestrationContext.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
            return true;
        };
        await using var host = await StartAsync(
            () => ++attempts, context => context.CallActivityAsync<int>("Flaky", new TaskOptions(TaskRetryOptions.FromRetryHandler(handler))), succeedsAt: 3);

        var end = await host.RunAsync("Retry", instanceId: "r");
        var history = await host.Client.GetOrchestrationHistoryAsync("r", Cancellation);

        Assert.Equal(3, end.ReadOutputAs<int>());
        Assert.Equal(2, history.OfType<TimerFiredEvent>().Count());
    }

    [Fact]
    public async Task Calls_without_a_result_are_repeated_too()
    {
        var attempts = 0;
        TaskOptions options = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)));
        await using var host = await StartAsync(
            () => ++attempts,
            async context =>
            {
                await context.CallActivityAsync("Flaky", options);
                return 0;
            },
            succeedsAt: 3);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.RunAsync("Retry")).RuntimeStatus);
        Assert.Equal(3, attempts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sub_orchestration_is_repeated_as_an_activity_is(bool byHandler)
    {
        var attempts = 0;
        var retry = byHandler
            ? TaskRetryOptions.FromRetryHandler(failed => failed.LastAttemptNumber < 5)
            : TaskRetryOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromMilliseconds(1)));
        await using var host = await StartAsync(tasks => tasks
            .AddActivityFunc<int>("Count", _ => Interlocked.Increment(ref attempts))
            .AddOrchestratorFunc<string>("Child", async context =>
                await context.CallActivityAsync<int>("Count") < 3 ? throw new IOException("not yet") : context.InstanceId)
            .AddOrchestratorFunc<string>("New", context => context.CallSubOrchestratorAsync<string>("Child", new TaskOptions(retry)))
            .AddOrchestratorFunc<string>("Same", context => context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions(retry, "child"))));

        var childOfItsOwn = await host.ResultOfAsync<string>("New");
        attempts = 0;
        var child = await host.ResultOfAsync<string>("Same");

        Assert.Equal(32, childOfItsOwn.Length);
        Assert.Equal("child", child);
    }

    [Fact]
    public async Task A_policy_without_a_longest_wait_or_a_time_is_bound_by_its_attempts()
    {
        var attempts = 0;
        TaskOptions options = new(new RetryPolicy(3, TimeSpan.FromMilliseconds(1), 2, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        await using var host = await StartAsync(() => ++attempts, context => context.CallActivityAsync<int>("Flaky", options), succeedsAt: 3);

        Assert.Equal(3, await host.ResultOfAsync<int>("Retry"));
    }

    [Fact]
    public void A_policy_refuses_values_that_make_no_sense_and_says_which()
    {
        var second = TimeSpan.FromSeconds(1);

        Refuses("maxNumberOfAttempts", () => new RetryPolicy(0, second));
        Refuses("firstRetryInterval", () => new RetryPolicy(1, TimeSpan.Zero));
        Refuses("backoffCoefficient", () => new RetryPolicy(1, second, 0.9));
        Refuses("maxRetryInterval", () => new RetryPolicy(1, second, 1, TimeSpan.FromMilliseconds(1)));
        Refuses("retryTimeout", () => new RetryPolicy(1, second, 1, null, TimeSpan.FromMilliseconds(1)));

        static void Refuses(string parameter, Func<RetryPolicy> make) => Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName);
    }

    [Fact]
    public void A_policy_has_the_defaults_of_the_packages()
    {
        RetryPolicy policy = new(2, TimeSpan.FromSeconds(3));

        Assert.Equal((2, TimeSpan.FromSeconds(3), 1.0), (policy.MaxNumberOfAttempts, policy.FirstRetryInterval, policy.BackoffCoefficient));
        Assert.Equal((TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan), (policy.MaxRetryInterval, policy.RetryTimeout));
        Assert.True(policy.Handle(new IOException()));
    }

    [Fact]
    public void Options_hold_a_policy_or_a_handler_and_are_made_of_either()
    {
        RetryPolicy policy = new(2, TimeSpan.FromSeconds(1));
        RetryHandler handler = _ => true;
        AsyncRetryHandler asynchronous = _ => Task.FromResult(true);
        TaskRetryOptions fromPolicy = policy;
        TaskRetryOptions fromHandler = handler;
        TaskRetryOptions fromAsynchronous = asynchronous;

        Assert.Equal((policy, null), (fromPolicy.Policy, fromPolicy.Handler));
        Assert.Null(fromHandler.Policy);
        Assert.NotNull(fromHandler.Handler);
        Assert.Equal((null, asynchronous), (fromAsynchronous.Policy, fromAsynchronous.Handler));
        Assert.Same(policy, TaskOptions.FromRetryPolicy(policy).Retry!.Policy);
        Assert.Same(asynchronous, TaskOptions.FromRetryHandler(asynchronous).Retry!.Handler);
        Assert.Same(policy, new TaskOptions(TaskOptions.FromRetryPolicy(policy)).WithInstanceId("child").Retry!.Policy);
    }

    private Task<ContractHost> StartAsync(Func<int> count, Func<TaskOrchestrationContext, Task<int>> code, int succeedsAt) =>
        StartAsync(tasks => tasks
            .AddActivityFunc<int>("Flaky", _ =>
            {
                var attempt = count();
                return attempt < succeedsAt ? throw new IOException($"attempt {attempt}") : attempt;
            })
            .AddOrchestratorFunc<int>("Retry", code));
}

public sealed class RetryTestsInSessions() : RetryTests(HostKind.Sessions);

public sealed class RetryTestsReplayed() : RetryTests(HostKind.Replay);

public sealed class RetryTestsOnTheJudge() : RetryTests(HostKind.Judge);
