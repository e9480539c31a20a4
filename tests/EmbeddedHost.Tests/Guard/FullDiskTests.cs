using EmbeddedHost.Engine.History;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Guard;

/// <summary>A disk that takes no more, in the middle of things: SQLite is told that its file may not grow.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly RecordedLog _log = new();
    private int _runs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_that_finds_the_disk_full_is_kept_whole_and_committed_when_there_is_room_again()
    {
        TaskCompletionSource<string> answer = new();
        await using var harness = Create(answer.Task).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Calls", new StartOrchestrationOptions("calls-1"), Cancellation);
        await harness.UntilHistoryAsync(id, history => history.OfType<TaskScheduled>().Any());
        var before = harness.HistoryOf(id).Count;

        await FillAsync(harness);
        answer.SetResult(new string('x', 100_000));
        await UntilRetriedAsync(times: 3);
        var during = harness.HistoryOf(id).Count;
        await GiveRoomAsync(harness);
        var end = await harness.EndOfAsync(id, _clock, TimeSpan.FromSeconds(5));

        Assert.Equal(before, during);
        Assert.Equal(100_000, end.ReadOutputAs<int>());
        Assert.Equal(1, _runs);
        Assert.Contains(_log.Lines, line => line.StartsWith("Error A step of calls-1 could not be committed and will be tried again in 00:00:04", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.Contains("cannot be written, and nothing of this was: the disk is full. Free some space.", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.StartsWith("Information Steps of calls-1 are committed again, after ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_finds_the_disk_full_is_told_so_and_leaves_nothing()
    {
        await using var harness = Create(Task.FromResult("x")).Start();
        await FillAsync(harness);

        var refusal = await Assert.ThrowsAsync<EmbeddedHostException>(() => harness.Client.ScheduleNewOrchestrationInstanceAsync(
            "Calls", new string('x', 100_000), new StartOrchestrationOptions("calls-1"), Cancellation));
        var found = await harness.Client.GetInstanceAsync("calls-1", Cancellation);
        await GiveRoomAsync(harness);
        var end = await harness.RunAsync("Calls", instanceId: "calls-1");

        Assert.Contains("history.db cannot be written, and nothing of this was: the disk is full. Free some space.", refusal.Message, StringComparison.Ordinal);
        Assert.Null(found);
        Assert.Equal(1, end.ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_host_stopped_on_a_full_disk_stops_and_the_next_one_goes_on()
    {
        TaskCompletionSource<string> answer = new();
        await using var harness = Create(answer.Task).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Calls", new StartOrchestrationOptions("calls-1"), Cancellation);
        await harness.UntilHistoryAsync(id, history => history.OfType<TaskScheduled>().Any());
        await FillAsync(harness);
        answer.SetResult(new string('x', 100_000));
        await UntilRetriedAsync(times: 1);

        await harness.RestartAsync();
        var end = await harness.EndOfAsync(id);

        Assert.Equal(100_000, end.ReadOutputAs<int>());
        Assert.Equal(2, _runs);
        Assert.Single(harness.HistoryOf(id).OfType<TaskCompleted>());
    }

    [Fact]
    public async Task An_orchestrator_given_up_while_the_disk_is_full_is_not_run_again()
    {
        // The failure names the instance: more than what is free in the pages there are.
        var longId = "stuck-" + new string('1', 10_000);
        FakeTimeProvider codeClock = new();
        using ManualResetEventSlim release = new();
        using SemaphoreSlim stuck = new(0);
        var runs = 0;
        await using var harness = new EngineHarness(_clock)
        {
            Log = LoggerFactory.Create(logging => logging.AddProvider(_log)),
            Limits = limits => limits with { StepTime = TimeSpan.FromMinutes(1), CodeClock = codeClock },
        }.Orchestrator("Stuck", _ =>
        {
            Interlocked.Increment(ref runs);
            stuck.Release();
            release.Wait(CancellationToken.None);
            return Task.FromResult(1);
        }).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Stuck", new StartOrchestrationOptions(longId), Cancellation);
        await stuck.WaitAsync(Cancellation);
        await FillAsync(harness);

        codeClock.Advance(TimeSpan.FromSeconds(90));
        await UntilRetriedAsync(times: 2, longId);
        await GiveRoomAsync(harness);
        var end = await harness.EndOfAsync(id, _clock, TimeSpan.FromSeconds(5));
        release.Set();

        Assert.Equal("System.TimeoutException", end.FailureDetails?.ErrorType);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_step_that_no_disk_could_take_fails_its_instance_instead_of_being_tried_for_ever()
    {
        await using var harness = Create(Task.FromResult("x")).Start();
        await harness.Store.WriteAsync(writer => writer.Execute("CREATE TRIGGER wrong BEFORE INSERT ON steps WHEN NEW.events LIKE '%TaskScheduled%' BEGIN SELECT RAISE(ABORT, 'never'); END"));

        var end = await harness.RunAsync("Calls", instanceId: "calls-1");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.StartsWith("A step of the orchestrator 'Calls', instance 'calls-1', cannot be written to the state file: ", end.FailureDetails?.ErrorMessage);
        Assert.Contains("never", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(0, _runs);
    }

    public void Dispose() => _log.Dispose();

    private EngineHarness Create(Task<string> answer) => new EngineHarness(_clock) { Log = LoggerFactory.Create(logging => logging.AddProvider(_log)) }
        .Activity<int, string>("Answers", _ =>
        {
            Interlocked.Increment(ref _runs);
            return answer;
        })
        .Orchestrator("Calls", async context => (await context.CallActivityAsync<string>("Answers", 1)).Length);

    // No page more than the file has now, and none of those is free.
    private static async Task FillAsync(EngineHarness harness)
    {
        await harness.Store.WriteAsync(writer =>
        {
            var pages = Convert.ToInt64(writer.ReadPragma("page_count"));
            return writer.ReadPragma($"max_page_count = {pages}");
        });
        for (var length = 100_000; length > 0; length /= 10)
        {
            await FillWithAsync(harness, length);
        }
    }

    private static async Task FillWithAsync(EngineHarness harness, int length)
    {
        try
        {
            while (true)
            {
                await harness.Store.WriteAsync(writer => writer.Execute(
                    "INSERT INTO timers (function, schedule, next_due, updated_at) VALUES ($function, '', '', '')", ("$function", Guid.NewGuid().ToString() + new string('f', length))));
            }
        }
        catch (EmbeddedHostException)
        {
            // Full.
        }
    }

    private static Task<object?> GiveRoomAsync(EngineHarness harness) => harness.Store.WriteAsync(writer => writer.ReadPragma("max_page_count = 1000000"));

    private async Task UntilRetriedAsync(int times, string instanceId = "calls-1")
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        while (_log.Lines.Count(line => line.StartsWith($"Error A step of {instanceId} could not be committed", StringComparison.Ordinal)) < times)
        {
            await poll.WaitForNextTickAsync(Cancellation);
            _clock.Advance(TimeSpan.FromMilliseconds(500));
        }
    }
}
