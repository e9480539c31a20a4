using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Functions;
using EmbeddedHost.Store;
using EmbeddedHost.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Engine;

/// <summary>An engine on a real SQLite file whose code is given as functions. It can be restarted: a new engine on the same file.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    public const int ConcurrentActivities = 4;

    public const int ConcurrentOrchestrators = 4;

    private readonly TemporaryFolder _folder = new();
    private readonly TimeProvider _time;
    private readonly int _cachedSessions;
    private FunctionRegistry _registry = new();
    private HistoryStore _store;
    private DurableEngine? _engine;

    public EngineHarness(TimeProvider? time = null, int cachedSessions = 1000)
    {
        _time = time ?? TimeProvider.System;
        _cachedSessions = cachedSessions;
        _store = HistoryStore.Open(StorePath);
    }

    /// <summary>How much and how long code may run: what is given here is changed in the harness's own limits.</summary>
    public Func<EngineLimits, EngineLimits> Limits { get; init; } = limits => limits;

    public ILoggerFactory Log { get; init; } = NullLoggerFactory.Instance;

    public DurableTaskClient Client { get; private set; } = null!;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public HistoryStore Store => _store;

    private string StorePath => Path.Combine(_folder.Path, "history.db");

    public EngineHarness Orchestrator<TOutput>(string name, Func<TaskOrchestrationContext, Task<TOutput>> code)
    {
        _registry.Add(new OrchestratorFunction(name, async context => await code(context)));
        return this;
    }

    public EngineHarness Activity<TInput, TOutput>(string name, Func<TInput, TOutput> code) => Activity<TInput, TOutput>(name, input => Task.FromResult(code(input)));

    public EngineHarness Activity<TInput, TOutput>(string name, Func<TInput, Task<TOutput>> code)
    {
        return Activity<TInput, TOutput>(name, (input, _) => code(input));
    }

    public EngineHarness Activity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> code)
    {
        _registry.Add(new ActivityFunction(name, async (_, input, stopping) => await code(JsonDataConverter.Default.Deserialize<TInput>(input)!, stopping)));
        return this;
    }

    public EngineHarness Start()
    {
        _engine = new DurableEngine(
            _store, _registry, JsonDataConverter.Default, Limits(new EngineLimits(ConcurrentActivities, ConcurrentOrchestrators, _cachedSessions)), _time, Log)
        {
            DefaultVersion = "1.0",
        };
        InstanceQueries instances = new(_store, JsonDataConverter.Default);
        Client = new EmbeddedDurableTaskClient("test", "1.0", _engine, instances, new InstancePurge(_store, instances, _time), JsonDataConverter.Default);
        _engine.Start(StorePath);
        return this;
    }

    /// <summary>Stops, then takes up the same file with other code.</summary>
    public async Task<EngineHarness> RestartAsync(Action<EngineHarness>? withCode = null)
    {
        await StopAsync();
        if (withCode is not null)
        {
            _registry = new FunctionRegistry();
            withCode(this);
        }

        _store = HistoryStore.Open(StorePath);
        return Start();
    }

    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null, string? instanceId = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(instanceId), Cancellation);
        return await EndOfAsync(id);
    }

    public Task<OrchestrationMetadata> EndOfAsync(string instanceId) => Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, Cancellation);

    public IReadOnlyList<HistoryEvent> HistoryOf(string instanceId) => [.. _store.ReadHistory(instanceId)!.Value.Steps.SelectMany(step => step)];

    public RecordedHistory Record(string instanceId)
    {
        var (instance, steps) = _store.ReadHistory(instanceId)!.Value;
        return RecordedHistory.Of(instance, steps);
    }

    /// <summary>Waits until an instance's history satisfies a condition.</summary>
    public async Task UntilHistoryAsync(string instanceId, Func<IReadOnlyList<HistoryEvent>, bool> condition)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        while (!condition(HistoryOf(instanceId)))
        {
            await poll.WaitForNextTickAsync(Cancellation);
        }
    }

    /// <summary>Moves a fake clock on, again and again, until an instance has ended.</summary>
    public async Task<OrchestrationMetadata> EndOfAsync(string instanceId, FakeTimeProvider clock, TimeSpan step)
    {
        var end = EndOfAsync(instanceId);
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        while (!end.IsCompleted)
        {
            clock.Advance(step);
            await poll.WaitForNextTickAsync(Cancellation);
        }

        return await end;
    }

    /// <summary>
    /// Cuts the engine off from its store, as kill -9 does: what is not committed by now never is, and activities that run have nobody to
    /// report to.
    /// </summary>
    public Task KillAsync()
    {
        _store.Dispose();
        _engine = null;
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task StopAsync()
    {
        if (_engine is not null)
        {
            await _engine.StopAsync(CancellationToken.None);
            _engine.Dispose();
            _engine = null;
        }

        _store.Dispose();
    }
}
