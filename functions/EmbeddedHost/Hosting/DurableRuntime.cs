using System.Reflection;
using System.Text.Json;
using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Functions;
using EmbeddedHost.Search;
using EmbeddedHost.Store;
using EmbeddedHost.Timers;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Hosting;

/// <summary>Starts the engine with the host and stops it with the host.</summary>
internal sealed class DurableRuntime(
    IServiceProvider services,
    IOptions<EmbeddedHostOptions> options,
    IOptions<JsonSerializerOptions> payloads,
    TimeProvider time,
    ILoggerFactory loggerFactory) : IHostedService, ITimerSchedules, IInstanceSearch, IDisposable
{
    private StateFolder? _folder;
    private HistoryStore? _store;
    private DurableEngine? _engine;
    private DurableTaskClient? _client;
    private FunctionRegistry? _functions;
    private TimerTriggers? _timers;
    private InstanceQueries? _instances;

    /// <summary>The client of the running engine.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public DurableTaskClient Client => _client ?? throw new InvalidOperationException("The durable task client can be used once the host has started.");

    /// <summary>The app's functions.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public FunctionRegistry Functions => _functions ?? throw new InvalidOperationException("The functions are known once the host has started.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var hostJson = HostJson.Read(options.Value.HostJsonPath);
        JsonDataConverter converter = new(PayloadOptions());
        _functions = Discover(converter);
        EngineLimits limits = new(
            hostJson.MaxConcurrentActivityFunctions, hostJson.MaxConcurrentOrchestratorFunctions, options.Value.CachedOrchestrations)
        {
            AtRest = options.Value.AtRest,
            StepTime = OrchestratorTimeLimit(),
            ActivityTime = hostJson.FunctionTimeout,
        };

        _folder = StateFolder.Take(options.Value.StateFolder, time);
        _store = HistoryStore.Open(_folder.StorePath);
        _instances = new InstanceQueries(_store, converter);
        options.Value.BeforeResume?.Invoke(_instances.ListLive());
        _engine = new DurableEngine(_store, _functions, converter, limits, time, loggerFactory) { DefaultVersion = hostJson.DefaultVersion };
        _client = new EmbeddedDurableTaskClient(
            hostJson.HubName, hostJson.DefaultVersion, _engine, _instances, new InstancePurge(_store, _instances, time), converter);
        _engine.Start(_folder.StorePath);
        if (options.Value is { Timers: true, AtRest: false })
        {
            _timers = new TimerTriggers(
                _functions.Timers.Select(timer => TimerTimeLimit.Apply(timer, hostJson.FunctionTimeout)), new TimerRecords(_store), time, loggerFactory.CreateLogger("EmbeddedHost.Timers"));
            await _timers.StartAsync();
        }
    }

    /// <summary>Tells other processes that would use the state folder where this host listens.</summary>
    public void Announce(Uri address)
    {
        // A host at rest is there for its own process.
        if (!options.Value.AtRest)
        {
            _folder?.Announce(address);
        }
    }

    public IReadOnlyList<ScheduledFunction> List() => _timers?.List() ?? [];

    public InstancePage Find(InstanceFilter filter) =>
        _instances?.Find(filter) ?? throw new InvalidOperationException("Instances can be searched once the host has started.");

    /// <summary>An instance and its steps so far, or null when there is none of that id.</summary>
    public (OrchestrationInstance Instance, IReadOnlyList<List<HistoryEvent>> Steps)? ReadHistory(string instanceId) => _store?.ReadHistory(instanceId);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // First the timers: what they start needs the engine.
        await (_timers?.StopAsync(cancellationToken) ?? Task.CompletedTask);
        await (_engine?.StopAsync(cancellationToken) ?? Task.CompletedTask);
    }

    public void Dispose()
    {
        _timers?.Dispose();
        _engine?.Dispose();
        _store?.Dispose();
        _folder?.Dispose();
    }

    private FunctionRegistry Discover(JsonDataConverter converter)
    {
        IEnumerable<Assembly> assemblies = !options.Value.DiscoverFunctions ? []
            : options.Value.FunctionAssemblies is { Count: > 0 } given ? given
            : FunctionDiscovery.DefaultAssemblies();
        var functions = FunctionDiscovery.Discover(assemblies, services, converter);
        if (services.GetService<DurableTaskRegistry>() is { } tasks)
        {
            RegistryBinding.AddTo(functions, tasks, services, converter);
        }

        return functions;
    }

    private TimeSpan OrchestratorTimeLimit()
    {
        var limit = options.Value.OrchestratorTimeLimit;
        return limit > TimeSpan.Zero || limit == Timeout.InfiniteTimeSpan
            ? limit
            : throw new EmbeddedHostException(
                $"EmbeddedHost__OrchestratorTimeLimit is {limit}; it must be a time above zero such as 00:01:00, or -00:00:00.001 for no limit.");
    }

    // Durable payloads go through the worker's serializer: the options that an app configures, else its defaults.
    private JsonSerializerOptions PayloadOptions() => new(payloads.Value) { PropertyNameCaseInsensitive = true };
}
