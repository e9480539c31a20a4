using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Functions;
using EmbeddedHost.Store;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Properties;

/// <summary>
/// An engine on a SQLite file to which things happen one at a time, in an order that a seed chooses: an activity ends, the clock goes on
/// to the next timer, an event comes. It can lose its memory after every committed step: the engine is cut off right after the commit,
/// before anything follows from it, and another one takes up the file.
/// </summary>
internal sealed class SteppedHost(bool restartsAfterEveryStep) : IDisposable
{
    private const int MostDeliveries = 1000;

    // To open the file anew flushes it several times; to lose the engine's memory is what counts.
    private const int LivesOfAnOpenFile = 8;

    private static readonly EngineLimits s_limits = new(ConcurrentActivities: 40, ConcurrentOrchestrators: 1, CachedSessions: 1000);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, int> _ends = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Execution, string Event), int> _raised = [];
    private HistoryStore? _opened;
    private DurableEngine _engine = null!;
    private ActivityGate _gate = null!;
    private volatile bool _cut;

    /// <summary>How often the engine was started.</summary>
    public int Lives { get; private set; }

    /// <summary>Runs a plan until nothing can happen any more.</summary>
    /// <returns>All that is then in the store, as text.</returns>
    public async Task<string> RunAsync(Plan plan, int seed)
    {
        Begin();
        await Client().ScheduleNewOrchestrationInstanceAsync(
            PlanOrchestrator.Name, plan.ToJson(), new Microsoft.DurableTask.StartOrchestrationOptions(PlanOrchestrator.RootId), CancellationToken.None);
        Settle();
        var choice = (ulong)seed;
        for (var deliveries = 0; Choices() is { Count: > 0 } possible; deliveries++)
        {
            Assert.True(deliveries < MostDeliveries, "the plan comes to no end");
            choice = Next(choice);
            await possible[(int)((choice >> 33) % (ulong)possible.Count)]();
            Settle();
        }

        return Describe();
    }

    public void Dispose()
    {
        _engine.Dispose();
        _opened?.Dispose();
        _folder.Dispose();
    }

    private static ulong Next(ulong choice) => unchecked((choice * 6364136223846793005) + 1442695040888963407);

    private EmbeddedDurableTaskClient Client()
    {
        InstanceQueries instances = new(Store, JsonDataConverter.Default);
        return new EmbeddedDurableTaskClient("test", "1.0", _engine, instances, new InstancePurge(Store, instances, _clock), JsonDataConverter.Default);
    }

    private string StorePath => Path.Combine(_folder.Path, "history.db");

    private HistoryStore Store => _opened ??= HistoryStore.Open(StorePath);

    private void Begin()
    {
        Lives++;
        _cut = false;
        ActivityGate gate = new();
        FunctionRegistry registry = new();
        registry.Add(new OrchestratorFunction(PlanOrchestrator.Name, async context => await PlanOrchestrator.RunAsync(context)));
        registry.Add(new ActivityFunction(PlanOrchestrator.Activity, async (_, input, _) =>
        {
            var work = JsonDataConverter.Default.Deserialize<Work>(input)!;
            return await gate.ArriveAsync(work.Path) ? throw new IOException($"{work.Path} fails.") : work.Path;
        }));
        _gate = gate;
        _engine = new DurableEngine(Store, registry, JsonDataConverter.Default, s_limits, _clock, NullLoggerFactory.Instance) { AfterCommit = Cut };
        _engine.Start(StorePath);
    }

    private void Restart()
    {
        _engine.Dispose();
        if (Lives % LivesOfAnOpenFile == 0)
        {
            _opened?.Dispose();
            _opened = null;
        }

        Begin();
    }

    private Task Cut()
    {
        if (!restartsAfterEveryStep)
        {
            return Task.CompletedTask;
        }

        _cut = true;
        return new TaskCompletionSource().Task;
    }

    // Until all that follows from the last delivery has followed: activities wait at the gate, and nothing else is under way.
    private void Settle()
    {
        while (true)
        {
            Assert.True(SpinWait.SpinUntil(() => _cut || IsSettled(), TimeSpan.FromSeconds(60)), "the engine does not come to rest");
            if (!_cut)
            {
                return;
            }

            Restart();
        }
    }

    private bool IsSettled()
    {
        // In this order: what waits only grows, so that it is not taken for more than is under way now.
        var waiting = _gate.Waiting;
        return _engine.InFlight == waiting;
    }

    private List<Func<Task>> Choices()
    {
        List<Func<Task>> choices = [];
        DateTime? due = null;
        foreach (var instance in Store.ReadLiveInstances().OrderBy(instance => instance.Instance.InstanceId, StringComparer.Ordinal))
        {
            foreach (var action in Outstanding.Of(Store.ReadSteps(instance.Key)).Actions)
            {
                switch (action)
                {
                    case TaskScheduled activity:
                        var work = JsonDataConverter.Default.Deserialize<Work>(activity.Input)!;
                        choices.Add(() => End(work));
                        break;
                    // One that has passed was cancelled: history does not say so.
                    case TimerCreated timer when timer.FireAt > _clock.GetUtcNow().UtcDateTime && !(due <= timer.FireAt):
                        due = timer.FireAt;
                        break;
                }
            }

            var plan = Plan.Parse(JsonDataConverter.Default.Deserialize<string>(instance.Instance.Input)!);
            foreach (var waits in WaitsOf(plan.Body).CountBy(name => name).OrderBy(waits => waits.Key, StringComparer.Ordinal))
            {
                var key = (instance.Instance.ExecutionId, waits.Key);
                if (_raised.GetValueOrDefault(key) < waits.Value)
                {
                    choices.Add(() => Raise(instance.Instance.InstanceId, key));
                }
            }
        }

        if (due is { } next)
        {
            choices.Add(() => MoveClock(next));
        }

        return choices;
    }

    private Task End(Work work)
    {
        var ends = _ends[work.Path] = _ends.GetValueOrDefault(work.Path) + 1;
        _gate.Release(work.Path, fails: ends <= work.Failures);
        return Task.CompletedTask;
    }

    private Task Raise(string instanceId, (string Execution, string Event) key)
    {
        var number = _raised[key] = _raised.GetValueOrDefault(key) + 1;
        return Client().RaiseEventAsync(instanceId, key.Event, $"{key.Event}{number}", CancellationToken.None);
    }

    private Task MoveClock(DateTime due)
    {
        // The engine's timers call a millisecond late at most.
        _clock.Advance(due - _clock.GetUtcNow().UtcDateTime + TimeSpan.FromMilliseconds(1));
        return Task.CompletedTask;
    }

    private string Describe() => string.Join('\n', Store.Read(
        "SELECT instance_id, status, coalesce(output, ''), coalesce(custom_status, ''), instance_key FROM instances ORDER BY instance_id",
        row => $"{row.GetString(0)}: {row.GetString(1)} {row.GetString(2)} {row.GetString(3)}\n"
            + string.Join('\n', Store.ReadSteps(row.GetInt64(4)).Select(step => "  " + HistoryJson.Write([.. step.Select(WithoutTraces)])))));

    // Where in the code an exception was thrown differs when the code is replayed.
    private static HistoryEvent WithoutTraces(HistoryEvent historyEvent) => historyEvent switch
    {
        TaskFailed failed => failed with { Failure = WithoutTraces(failed.Failure) },
        SubOrchestrationFailed failed => failed with { Failure = WithoutTraces(failed.Failure) },
        ExecutionCompleted { Failure: { } failure } completed => completed with { Failure = WithoutTraces(failure) },
        _ => historyEvent,
    };

    private static Microsoft.DurableTask.TaskFailureDetails WithoutTraces(Microsoft.DurableTask.TaskFailureDetails failure) =>
        failure with { StackTrace = null, InnerFailure = failure.InnerFailure is { } inner ? WithoutTraces(inner) : null };

    private static IEnumerable<string> WaitsOf(Node node) => node switch
    {
        Await wait => [wait.Name],
        Child => [],
        _ => node.Parts.SelectMany(WaitsOf),
    };
}
