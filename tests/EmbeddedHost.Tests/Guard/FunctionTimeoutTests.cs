using EmbeddedHost.Engine.History;
using EmbeddedHost.Functions;
using EmbeddedHost.Hosting;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Http;
using EmbeddedHost.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Guard;

public sealed class FunctionTimeoutTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);

    private readonly FakeTimeProvider _clock = new();
    private readonly RecordedLog _log = new();
    private readonly SemaphoreSlim _running = new(0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_activity_past_functionTimeout_is_told_to_stop_and_fails_with_its_name_and_the_limit()
    {
        TaskCompletionSource told = new();
        await using var harness = Create()
            .Activity<int, int>("Slow", async (_, stopping) =>
            {
                _running.Release();
                using var registration = stopping.Register(told.SetResult);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
                return 1;
            })
            .Orchestrator("Calls", context => context.CallActivityAsync<int>("Slow", 1))
            .Start();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Calls", new StartOrchestrationOptions("calls-1"), Cancellation);
        await _running.WaitAsync(Cancellation);

        _clock.Advance(s_limit + TimeSpan.FromSeconds(2));
        var end = await harness.EndOfAsync("calls-1");
        await told.Task.WaitAsync(Cancellation);

        var details = end.FailureDetails?.InnerFailure;
        Assert.Equal("System.TimeoutException", details?.ErrorType);
        Assert.StartsWith("The activity 'Slow' of instance 'calls-1' ran for more than 00:30:00 and was given up", details?.ErrorMessage);
        Assert.EndsWith("The limit is functionTimeout in host.json.", details?.ErrorMessage);
    }

    [Fact]
    public async Task Activities_that_do_not_heed_their_token_give_their_places_back_and_their_late_results_are_dropped()
    {
        using ManualResetEventSlim release = new();
        await using var harness = Create()
            .Activity<int, int>("Deaf", number =>
            {
                _running.Release();
                release.Wait(CancellationToken.None);
                return number;
            })
            .Activity<int, int>("Same", number => number)
            .Orchestrator("Calls", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<int>("Deaf", 13);
                }
                catch (TaskFailedException)
                {
                    await context.WaitForExternalEvent<int>("Go");
                    return -1;
                }
            })
            .Orchestrator("Good", context => context.CallActivityAsync<int>("Same", 2))
            .Start();
        var ids = Enumerable.Range(0, EngineHarness.ConcurrentActivities).Select(number => $"calls-{number}").ToList();
        foreach (var id in ids)
        {
            await harness.Client.ScheduleNewOrchestrationInstanceAsync("Calls", new StartOrchestrationOptions(id), Cancellation);
            await _running.WaitAsync(Cancellation);
        }

        _clock.Advance(s_limit + TimeSpan.FromSeconds(2));
        var good = await harness.RunAsync("Good");
        release.Set();
        await UntilLoggedAsync("given up before, has ended; its result is dropped", ids.Count);
        foreach (var id in ids)
        {
            await harness.Client.RaiseEventAsync(id, "Go", 1, Cancellation);
        }

        var ends = await Task.WhenAll(ids.Select(harness.EndOfAsync));

        Assert.Equal(2, good.ReadOutputAs<int>());
        Assert.All(ends, end => Assert.Equal(-1, end.ReadOutputAs<int>()));
        Assert.All(ids, id => Assert.IsType<TaskFailed>(Assert.Single(harness.HistoryOf(id).OfType<AnswerEvent>())));
    }

    [Fact]
    public async Task A_retry_policy_repeats_an_activity_that_was_given_up()
    {
        var attempts = 0;
        await using var harness = Create()
            .Activity<int, int>("Slow", async (_, stopping) =>
            {
                if (Interlocked.Increment(ref attempts) == 1)
                {
                    _running.Release();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
                }

                return 8;
            })
            .Orchestrator("Calls", context => context.CallActivityAsync<int>(
                "Slow", 1, TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(1)) { HandleFailure = failure => failure.IsCausedBy<TimeoutException>() })))
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Calls", Cancellation);
        await _running.WaitAsync(Cancellation);

        _clock.Advance(s_limit + TimeSpan.FromSeconds(2));

        Assert.Equal(8, (await harness.EndOfAsync(id)).ReadOutputAs<int>());
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task An_activity_that_throws_when_it_is_told_to_stop_harms_nothing()
    {
        await using var harness = Create()
            .Activity<int, int>("Throws", async (_, stopping) =>
            {
                var delay = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
                using var registration = stopping.Register(() => throw new InvalidOperationException("not now"));
                _running.Release();
                await delay;
                return 1;
            })
            .Activity<int, int>("Same", number => number)
            .Orchestrator("Calls", context => context.CallActivityAsync<int>("Throws", 1))
            .Orchestrator("Good", context => context.CallActivityAsync<int>("Same", 2))
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Calls", Cancellation);
        await _running.WaitAsync(Cancellation);

        _clock.Advance(s_limit + TimeSpan.FromSeconds(2));

        Assert.Equal("System.TimeoutException", (await harness.EndOfAsync(id)).FailureDetails?.InnerFailure?.ErrorType);
        Assert.Equal(2, (await harness.RunAsync("Good")).ReadOutputAs<int>());
        await UntilLoggedAsync("not now", 1);
    }

    [Fact]
    public async Task A_timer_function_past_the_limit_is_told_to_stop_and_fails_with_its_name_and_the_limit()
    {
        TaskCompletionSource told = new();
        TaskCompletionSource never = new();
        TimerFunction deaf = new("Daily", "0 0 6 * * *", TimerSchedule.Parse("0 0 6 * * *"), IsMonitored: true, RunOnStartup: false, (_, stopping) =>
        {
            stopping.Register(told.SetResult);
            return never.Task;
        });

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => TimerTimeLimit.Apply(deaf, TimeSpan.FromMilliseconds(50)).InvokeAsync(new TimerInfo(), Cancellation));
        await told.Task.WaitAsync(Cancellation);

        Assert.Equal("The timer function 'Daily' ran for more than 00:00:00.0500000, the functionTimeout of host.json, and was given up.", failure.Message);
        Assert.Same(deaf, TimerTimeLimit.Apply(deaf, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task A_timer_functions_own_failure_stays_its_own()
    {
        TimerFunction failing = new("Daily", "0 0 6 * * *", TimerSchedule.Parse("0 0 6 * * *"), IsMonitored: true, RunOnStartup: false, (_, _) => throw new TimeoutException("mine"));

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => TimerTimeLimit.Apply(failing, s_limit).InvokeAsync(new TimerInfo(), Cancellation));

        Assert.Equal("mine", failure.Message);
    }

    [Theory]
    [InlineData("{}", 30 * 60)]
    [InlineData("""{ "functionTimeout": "00:10:00" }""", 600)]
    [InlineData("""{ "functionTimeout": "1.00:00:00" }""", 86400)]
    public void HostJson_says_how_long_a_function_may_run(string json, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Read(json).FunctionTimeout);

    [Fact]
    public void Minus_one_means_no_limit() => Assert.Equal(Timeout.InfiniteTimeSpan, Read("""{ "functionTimeout": "-1" }""").FunctionTimeout);

    [Theory]
    [InlineData("\"00:00:00\"")]
    [InlineData("\"-00:10:00\"")]
    [InlineData("\"ten minutes\"")]
    [InlineData("600")]
    [InlineData("null")]
    public void A_functionTimeout_that_is_not_allowed_stops_the_start_and_is_named(string value) =>
        Assert.Contains(
            $"functionTimeout is {value}; it must be a time of at least a second such as \"00:30:00\", or \"-1\" for no limit.",
            Assert.Throws<EmbeddedHostException>(() => Read($$"""{ "functionTimeout": {{value}} }""")).Message,
            StringComparison.Ordinal);

    public void Dispose()
    {
        _running.Dispose();
        _log.Dispose();
    }

    private static HostJson Read(string json)
    {
        using TemporaryFolder folder = new();
        var path = Path.Combine(folder.Path, "host.json");
        File.WriteAllText(path, json);
        return HostJson.Read(path);
    }

    private EngineHarness Create() => new()
    {
        Limits = limits => limits with { ActivityTime = s_limit, CodeClock = _clock },
        Log = LoggerFactory.Create(logging => logging.AddProvider(_log)),
    };

    private async Task UntilLoggedAsync(string text, int times)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        while (_log.Lines.Count(line => line.Contains(text, StringComparison.Ordinal)) < times)
        {
            await poll.WaitForNextTickAsync(Cancellation);
        }
    }
}
