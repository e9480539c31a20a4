using EmbeddedHost.Engine.History;
using EmbeddedHost.Hosting;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Guard;

public sealed class OrchestratorTimeLimitTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly RecordedLog _log = new();
    private readonly ManualResetEventSlim _release = new();
    private readonly SemaphoreSlim _stuck = new(0);
    private int _runs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_orchestrator_that_blocks_fails_its_instance_with_what_to_do_and_stays_failed_after_a_restart()
    {
        await using var harness = Start(context => context.CallActivityAsync<int>("Same", 1));
        await ScheduleAsync(harness, "stuck-1");
        await _stuck.WaitAsync(Cancellation);

        _clock.Advance(s_limit * 1.5);
        var end = await harness.EndOfAsync("stuck-1");
        await harness.RestartAsync();
        var good = await harness.RunAsync("Good");
        var again = await harness.Client.GetInstanceAsync("stuck-1", Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("System.TimeoutException", end.FailureDetails?.ErrorType);
        Assert.StartsWith("The orchestrator 'Stuck' of instance 'stuck-1' ran for more than 00:01:00 without giving control back", end.FailureDetails?.ErrorMessage);
        Assert.Contains("EmbeddedHost__OrchestratorTimeLimit", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(1, good.ReadOutputAs<int>());
        Assert.Equal(OrchestrationRuntimeStatus.Failed, again?.RuntimeStatus);
        Assert.Equal(1, _runs);
        Assert.Contains(_log.Lines, line => line.Contains("Its thread cannot be stopped and stays busy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_stuck_orchestrators_than_workers_do_not_keep_others_from_running()
    {
        await using var harness = Start(context => context.CallActivityAsync<int>("Same", 1));
        var ids = Enumerable.Range(0, EngineHarness.ConcurrentOrchestrators + 2).Select(number => $"stuck-{number}").ToList();
        foreach (var id in ids)
        {
            await ScheduleAsync(harness, id);
        }

        for (var waiting = ids.Count; waiting > 0; waiting -= EngineHarness.ConcurrentOrchestrators)
        {
            for (var stuck = 0; stuck < Math.Min(waiting, EngineHarness.ConcurrentOrchestrators); stuck++)
            {
                await _stuck.WaitAsync(Cancellation);
            }

            _clock.Advance(s_limit * 1.5);
        }

        var good = await harness.RunAsync("Good");
        var ends = await Task.WhenAll(ids.Select(harness.EndOfAsync));

        Assert.Equal(1, good.ReadOutputAs<int>());
        Assert.All(ends, end => Assert.Equal("System.TimeoutException", end.FailureDetails?.ErrorType));
    }

    [Fact]
    public async Task An_orchestrator_that_blocks_on_a_durable_task_is_found_out()
    {
        await using var harness = Start(context =>
        {
            var activity = context.CallActivityAsync<int>("Same", 1);
            _stuck.Release();
#pragma warning disable xUnit1031 // The offence that the test is about.
            return Task.FromResult(activity.Wait(Timeout.Infinite, _cancelled.Token) ? 1 : 0);
#pragma warning restore xUnit1031
        }, blocks: false);
        await ScheduleAsync(harness, "waits-1");
        await _stuck.WaitAsync(Cancellation);

        _clock.Advance(s_limit * 1.5);
        var end = await harness.EndOfAsync("waits-1");

        Assert.Contains("must not block (.Result, .Wait(), a lock)", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(harness.HistoryOf("waits-1").OfType<TaskScheduled>());
    }

    [Fact]
    public async Task An_endless_loop_is_found_out_and_its_thread_comes_back_when_it_ends()
    {
        var goOn = true;
        await using var harness = Start(async _ =>
        {
            _stuck.Release();
            while (Volatile.Read(ref goOn))
            {
                await Task.Yield();
            }

            return 1;
        }, blocks: false);
        await ScheduleAsync(harness, "loops-1");
        await _stuck.WaitAsync(Cancellation);

        _clock.Advance(s_limit * 1.5);
        var end = await harness.EndOfAsync("loops-1");
        Volatile.Write(ref goOn, false);
        await UntilLoggedAsync("its thread is free again");

        Assert.Equal("System.TimeoutException", end.FailureDetails?.ErrorType);
        Assert.Equal("System.TimeoutException", (await harness.EndOfAsync("loops-1")).FailureDetails?.ErrorType);
    }

    [Fact]
    public async Task An_orchestrator_that_blocks_when_it_is_replayed_is_found_out_and_its_parent_hears_of_it()
    {
        await using var harness = new EngineHarness(cachedSessions: 0) { Limits = limits => limits with { StepTime = s_limit, CodeClock = _clock } }
            .Activity<int, int>("Same", number => number)
            .Orchestrator("Replayed", async context =>
            {
                var replaying = context.IsReplaying;
                await context.CallActivityAsync<int>("Same", 1);
                if (replaying)
                {
                    Block();
                }

                return await context.CallActivityAsync<int>("Same", 2);
            })
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("Replayed"))
            .Start();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("parent"), Cancellation);
        await _stuck.WaitAsync(Cancellation);

        _clock.Advance(s_limit * 1.5);
        var end = await harness.EndOfAsync("parent");

        Assert.Equal("Microsoft.DurableTask.TaskFailedException", end.FailureDetails?.ErrorType);
        Assert.Contains("The orchestrator 'Replayed' of instance", end.FailureDetails?.InnerFailure?.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orchestrators_that_wait_for_days_between_their_steps_are_not_given_up()
    {
        await using var harness = Start(async context =>
        {
            await context.WaitForExternalEvent<int>("Go");
            return 5;
        }, blocks: false);
        await ScheduleAsync(harness, "waits-1");
        await harness.Client.WaitForInstanceStartAsync("waits-1", Cancellation);

        _clock.Advance(TimeSpan.FromHours(3));
        await harness.Client.RaiseEventAsync("waits-1", "Go", 1, Cancellation);

        Assert.Equal(5, (await harness.EndOfAsync("waits-1")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task The_limit_is_one_minute_unless_set_and_must_be_above_zero()
    {
        var refusal = await Assert.ThrowsAsync<EmbeddedHostException>(() => DurableTaskTestHost.StartAsync(
            _ => { },
            new DurableTaskTestHostOptions { ConfigureServices = services => services.Configure<EmbeddedHostOptions>(options => options.OrchestratorTimeLimit = TimeSpan.Zero) },
            Cancellation));

        Assert.Equal(TimeSpan.FromMinutes(1), new EmbeddedHostOptions().OrchestratorTimeLimit);
        Assert.StartsWith("EmbeddedHost__OrchestratorTimeLimit is 00:00:00; it must be a time above zero", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _cancelled.Cancel();
        _cancelled.Dispose();
        _release.Set();
        _stuck.Dispose();
        _log.Dispose();
    }

    private readonly CancellationTokenSource _cancelled = new();

    private EngineHarness Start(Func<TaskOrchestrationContext, Task<int>> code, bool blocks = true)
    {
        var log = LoggerFactory.Create(logging => logging.AddProvider(_log));
        return new EngineHarness { Limits = limits => limits with { StepTime = s_limit, CodeClock = _clock }, Log = log }
            .Activity<int, int>("Same", number => number)
            .Orchestrator("Good", context => context.CallActivityAsync<int>("Same", 1))
            .Orchestrator("Stuck", context =>
            {
                Interlocked.Increment(ref _runs);
                if (blocks)
                {
                    Block();
                }

                return code(context);
            })
            .Start();
    }

    private void Block()
    {
        _stuck.Release();
        _release.Wait(CancellationToken.None);
    }

    private static Task<string> ScheduleAsync(EngineHarness harness, string id) =>
        harness.Client.ScheduleNewOrchestrationInstanceAsync("Stuck", new StartOrchestrationOptions(id), Cancellation);

    private async Task UntilLoggedAsync(string text)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        while (!_log.Lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            await poll.WaitForNextTickAsync(Cancellation);
        }
    }
}
