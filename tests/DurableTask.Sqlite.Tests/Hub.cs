using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Settings;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace DurableTask.Sqlite.Tests;

/// <summary>A file, a service on it, a plain worker and a plain client. Can lose its worker, its service, or both at once as if killed.</summary>
internal sealed class Hub : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly List<Action<TaskHubWorker>> _registrations = [];
    private readonly TemporaryFolder _folder = new();
    private volatile bool _dies;
    private TaskCompletionSource _death = new();
    private int _commits;

    public bool ExtendedSessions { get; init; } = true;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory? Log { get; init; }

    public Func<SqliteOrchestrationServiceOptions, SqliteOrchestrationServiceOptions> Options { get; init; } = options => options;

    /// <summary>After how many commits a service dies; null: it does not by itself.</summary>
    public int? DiesEvery { get; init; }

    public VersioningSettings? Versioning { get; set; }

    public string Database => _folder.Database;

    public SqliteOrchestrationService Service { get; private set; } = null!;

    public TaskHubClient Client { get; private set; } = null!;

    public TaskHubWorker? Worker { get; private set; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static OrchestrationInstance Id(string instanceId) => new() { InstanceId = instanceId };

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        using CancellationTokenSource patience = new(s_patience);
        while (!await condition())
        {
            await poll.WaitForNextTickAsync(patience.Token);
        }
    }

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public Hub Orchestration(string name, Func<InlineContext, string, Task<object?>> code, string version = "")
    {
        _registrations.Add(worker => worker.AddTaskOrchestrations(new Made<TaskOrchestration>(name, version, () => new InlineOrchestration(code))));
        return this;
    }

    public Hub Activity(string name, Func<JToken?, Task<object?>> code) => Activity(name, (_, input) => code(input));

    public Hub Activity(string name, Func<TaskContext, JToken?, Task<object?>> code)
    {
        _registrations.Add(worker => worker.AddTaskActivities(new Made<TaskActivity>(name, string.Empty, () => new InlineActivity(code))));
        return this;
    }

    public Hub Activity(string name, Func<JToken?, object?> code) => Activity(name, input => Task.FromResult(code(input)));

    /// <summary>Opens a service and a client, without a worker.</summary>
    public Hub Open()
    {
        _dies = false;
        _commits = 0;
        _death = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Service = new SqliteOrchestrationService(
            Options(new SqliteOrchestrationServiceOptions(Database)
            {
                ExtendedSessionsEnabled = ExtendedSessions,
                AbandonDelay = TimeSpan.FromMilliseconds(10),
                WritePatience = TimeSpan.Zero,
            }),
            Log,
            Time)
        { DiesAfterCommit = _ => Dies() };
        Client = new TaskHubClient(Service);
        return this;
    }

    /// <summary>Creates an instance; the service may die of it.</summary>
    public Task CreateOrDieAsync(string name, object? input, string id) => Task.WhenAny(CreateAsync(name, input, id), _death.Task);

    /// <summary>Waits until an instance has ended, or the service has died.</summary>
    public async Task<bool> DiesBeforeEndOfAsync(string id)
    {
        var end = Service.WaitForOrchestrationAsync(id, null, s_patience, CancellationToken.None);
        var first = await Task.WhenAny(end, _death.Task);
        Assert.True(first == _death.Task || await end is not null, $"{id} does not end");
        return first == _death.Task;
    }

    /// <summary>Starts a worker.</summary>
    public async Task<Hub> StartAsync()
    {
        if (Service is null)
        {
            Open();
        }

        Worker = Versioning is null ? new TaskHubWorker(Service!, Log) : new TaskHubWorker(Service!, Versioning, Log);
        Worker.ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails;
        _registrations.ForEach(register => register(Worker));
        await Worker.StartAsync();
        return this;
    }

    public async Task StopWorkerAsync()
    {
        if (Worker is { } worker)
        {
            Worker = null;
            await worker.StopAsync(isForced: true);
            worker.Dispose();
        }
    }

    /// <summary>Closes the service in order and opens another.</summary>
    public async Task<Hub> ReopenAsync()
    {
        await StopWorkerAsync();
        await Service.DisposeAsync();
        return Open();
    }

    /// <summary>Loses the service as a killed process does, and opens another.</summary>
    public async Task<Hub> KillAsync()
    {
        _dies = true;

        // Some commit must be the last: one that changes nothing.
        _ = _death.Task.IsCompleted
            ? Task.CompletedTask
            : Service.SendTaskOrchestrationMessageAsync(
                new TaskMessage { OrchestrationInstance = Id("nobody"), Event = new GenericEvent(-1, string.Empty) });
        await StopWorkerAsync();
        await Service.DisposeAsync();
        return Open();
    }

    public Task<OrchestrationInstance> CreateAsync(string name, object? input = null, string? id = null, string version = "") =>
        Client.CreateOrchestrationInstanceAsync(name, version, id ?? Guid.NewGuid().ToString("N"), input);

    public async Task<OrchestrationState> RunAsync(string name, object? input = null, string? id = null) =>
        await EndOfAsync((await CreateAsync(name, input, id)).InstanceId);

    public async Task<OrchestrationState> EndOfAsync(string id)
    {
        var end = await Service.WaitForOrchestrationAsync(id, null, s_patience, Cancellation);
        Assert.True(end is not null, $"{id} does not end");
        return end;
    }

    public async Task<OrchestrationState> StateOfAsync(string id) => (await Client.GetOrchestrationStateAsync(id))!;

    public Task<IReadOnlyList<HistoryEvent>> HistoryOfAsync(string id) => Service.ReadHistoryAsync(id, Cancellation);

    public Task UntilStatusAsync(string id, OrchestrationStatus status) =>
        UntilAsync(async () => (await Client.GetOrchestrationStateAsync(id))?.OrchestrationStatus == status);

    public Task RaiseAsync(string id, string name, object data) => Client.RaiseEventAsync(Id(id), name, data);

    public async ValueTask DisposeAsync()
    {
        await StopWorkerAsync();
        if (Service is not null)
        {
            await Service.DisposeAsync();
        }

        _folder.Dispose();
    }

    private bool Dies()
    {
        if (_dies || ++_commits == DiesEvery)
        {
            _death.TrySetResult();
            return true;
        }

        return false;
    }

    public static T Output<T>(OrchestrationState state) => JsonConvert.DeserializeObject<T>(state.Output)!;
}
