using System.Collections.Concurrent;
using EmbeddedHost.Timers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Timers;

/// <summary>Timers on real files and a clock that the test moves. They can be stopped, killed and started again on the same files.</summary>
internal sealed class TimerHarness : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Tick>> _ticks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimerFunction> _functions = new(StringComparer.Ordinal);
    private TimerTriggers? _triggers;

    public TimerHarness(DateTime start) => Clock = new FakeTimeProvider(new DateTimeOffset(start));

    public FakeTimeProvider Clock { get; }

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public TimerTriggers Triggers => _triggers!;

    /// <summary>Adds a function, or gives one another schedule at the next start.</summary>
    public TimerHarness Function(
        string name, string schedule, Func<CancellationToken, Task>? code = null, bool useMonitor = true, bool runOnStartup = false)
    {
        var parsed = TimerSchedule.Parse(schedule);
        var ticks = _ticks.GetOrAdd(name, _ => new ConcurrentQueue<Tick>());
        _functions[name] = new TimerFunction(name, schedule, parsed, useMonitor && !parsed.IsFinerThanAMinute, runOnStartup, (tick, cancellation) =>
        {
            ticks.Enqueue(new Tick(Now, tick.Status?.Next, tick.Status?.Last, tick.IsPastDue));
            return code?.Invoke(cancellation) ?? Task.CompletedTask;
        });
        return this;
    }

    public IReadOnlyList<Tick> TicksOf(string function) => [.. _ticks[function]];

    public ScheduledFunction StateOf(string function) => Triggers.List().Single(state => state.Name == function);

    /// <summary>The file of a function's record.</summary>
    public string RecordOf(string function) => Path.Combine(StateFolder, "timers", function.ToLowerInvariant() + ".json");

    private string StateFolder => Path.Combine(_folder.Path, "state");

    /// <summary>Starts, and lets run what is due: a clock that moves before the timers wait for it would leave them behind.</summary>
    public async Task<TimerHarness> StartAsync()
    {
        _triggers = new TimerTriggers(_functions.Values, new TimerRecords(StateFolder), Clock, NullLogger.Instance);
        await _triggers.StartAsync();
        await SettleAsync();
        return this;
    }

    public async Task StopAsync()
    {
        await _triggers!.StopAsync(TestContext.Current.CancellationToken);
        await CutAsync();
    }

    /// <summary>Cuts the timers off from their files, as kill -9 does: what is not taken by now never is, and what is taken was started.</summary>
    public async Task CutAsync()
    {
        BreakStore();
        _triggers!.Dispose();
        await _triggers.WhenEnded;
        _triggers = null;
        MendStore();
    }

    /// <summary>Runs one function's loop in a host that is already stopping.</summary>
    public async Task RunStoppedAsync(string function)
    {
        using TimerLoop loop = new(_functions[function], new TimerRecords(StateFolder), Clock, NullLogger.Instance);
        await loop.BeginAsync();
        await loop.RunAsync(new CancellationToken(canceled: true));
    }

    /// <summary>The due time that the record says was taken last. For while the timers are stopped.</summary>
    public DateTime? TakenLast(string function) => new TimerRecords(StateFolder).Find(function)?.LastDue;

    /// <summary>Fails every write from now on; one that is under way ends first.</summary>
    public void BreakStore()
    {
        foreach (var written in _functions.Keys.Select(WrittenFirst))
        {
            while (!Directory.Exists(written))
            {
                try
                {
                    // A folder where a file is wanted: it cannot be opened, and is not removed by who writes.
                    Directory.CreateDirectory(written);
                }
                catch (IOException)
                {
                    Thread.Yield();
                }
            }
        }
    }

    /// <summary>Moves the clock from one due time to the next, up to a span from now, letting the functions that are due run at each.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        var end = Now + span;
        await SettleAsync();
        while (Now < end)
        {
            var next = Triggers.List().Min(state => state.Next.UtcDateTime);
            Clock.Advance((next < end ? next : end) - Now);
            await SettleAsync();
        }
    }

    /// <summary>Waits until no function runs and none is due.</summary>
    public Task SettleAsync() => UntilAsync(() => Triggers.AreWaiting);

    public static async Task UntilAsync(Func<bool> condition)
    {
        // A tick takes about as long as a commit: mostly it has passed before the first look at the poll.
        for (var i = 0; i < 2_000 && !condition(); i++)
        {
            await Task.Yield();
        }

        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(1));
        while (!condition())
        {
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private void MendStore()
    {
        foreach (var written in _functions.Keys.Select(WrittenFirst).Where(Directory.Exists))
        {
            Directory.Delete(written);
        }
    }

    private string WrittenFirst(string function) => RecordOf(function) + ".new";

    public async ValueTask DisposeAsync()
    {
        if (_triggers is not null)
        {
            await StopAsync();
        }

        _folder.Dispose();
    }
}
