using System.Text.Json;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Http;
using EmbeddedHost.Store;
using EmbeddedHost.Tracing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using HistoryEvent = DurableTask.Core.History.HistoryEvent;

namespace EmbeddedHost.Engine;

/// <summary>The client of the engine in this process.</summary>
internal sealed class EmbeddedDurableTaskClient(
    string name, string defaultVersion, DurableEngine engine, InstanceQueries instances, InstancePurge purge, DataConverter converter)
    : DurableTaskClient(name), IManagedOverHttp
{
    private static readonly OrchestrationRuntimeStatus[] s_live =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    public ManagementLinks? Links { get; set; }

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        cancellation.ThrowIfCancellationRequested();
        var id = options?.InstanceId is { Length: > 0 } given ? InstanceIds.Require(given) : NewId();
        var blocking = Blocking(options);
        var version = options?.Version?.Version ?? defaultVersion;
        OrchestrationInstance instance = new(
            id,
            NewId(),
            orchestratorName.Name,
            version,
            Payload.Write(converter, input, $"input of the orchestration '{orchestratorName}'", nameof(input)),
            Parent: null,
            options?.StartAt?.UtcDateTime,
            options?.Tags is { Count: > 0 } tags ? JsonSerializer.Serialize(tags) : null);
        using var span = DurableTracing.Start(instance.Name, version, id);
        await engine.ScheduleAsync(instance with { Trace = DurableTracing.Current() }, blocking);
        return id;
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return SendAsync(instanceId, new EventRaised(eventName, Payload.Write(converter, eventPayload, $"payload of the event '{eventName}'", nameof(eventPayload))) { At = engine.Now }, status =>
            Require(StepCommit.IsLive(status), "The orchestration instance with the provided instance id is not running."), cancellation);
    }

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionTerminated(Payload.Write(converter, options?.Output, $"output given to {instanceId}", nameof(options)), options?.Recursive ?? false) { At = engine.Now }, status =>
            Require(StepCommit.IsLive(status), $"Cannot terminate the orchestration instance {instanceId} because instance is in the {status} state."), cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionSuspended(reason) { At = engine.Now }, status => Require(
            status is OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending,
            $"Cannot suspend the orchestration instance {instanceId} because instance is in the {status} state."), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionResumed(reason) { At = engine.Now }, status => Require(
            status is OrchestrationRuntimeStatus.Suspended,
            $"Cannot resume the orchestration instance {instanceId} because instance is in the {status} state."), cancellation);

    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return engine.RewindAsync(instanceId, reason);
    }

    public override async Task<string> RestartAsync(string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        var before = engine.Find(instanceId) ?? throw new ArgumentException($"No instance with ID '{instanceId}' was found.", nameof(instanceId));
        var again = before with { InstanceId = restartWithNewInstanceId ? NewId() : instanceId, ExecutionId = NewId(), Parent = null, StartAt = null };
        using var span = DurableTracing.Start(again.Name, again.Version, again.InstanceId);
        try
        {
            await engine.ScheduleAsync(again with { Trace = DurableTracing.Current() }, s_live);
        }
        catch (global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException exception)
        {
            throw new InvalidOperationException("A non-terminal instance with this instance ID already exists.", exception);
        }

        return again.InstanceId;
    }

    public override Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IList<HistoryEvent>>(engine.ReadHistory(instanceId));
    }

    public override Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
        DateTimeOffset? completedTimeFrom = null,
        DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize,
        string? lastInstanceKey = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(instances.ListIds(runtimeStatus, completedTimeFrom, completedTimeTo, lastInstanceKey, pageSize));
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return new PurgeResult(await purge.PurgeAsync(instanceId, options?.Recursive ?? false), isComplete: true);
    }

    public override Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        purge.PurgeAsync(filter, options?.Recursive ?? false, cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(instances.Find(instanceId, getInputsAndOutputs));
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.PageSize, nameof(filter));
        return Pageable.Create((continuationToken, pageSize, cancellationToken) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize ?? query.PageSize, nameof(pageSize));
            return Task.FromResult(instances.List(query, continuationToken ?? query.ContinuationToken, pageSize ?? query.PageSize));
        });
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, instance => instance.RuntimeStatus is not OrchestrationRuntimeStatus.Pending, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, instance => instance.IsCompleted, cancellation);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static OrchestrationRuntimeStatus[] Blocking(StartOrchestrationOptions? options)
    {
        if (options?.DedupeStatuses is not { } names)
        {
            return s_live;
        }

        OrchestrationRuntimeStatus[] statuses = [.. names.Select(name => Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status)
            ? status
            : throw new ArgumentException($"'{name}' is no orchestration status to keep a duplicate out by.", nameof(options)))];
        return statuses.Contains(OrchestrationRuntimeStatus.Terminated) && s_live.Except(statuses).ToList() is { Count: > 0 } replaced
            ? throw new ArgumentException(
                $"The dedupe statuses name Terminated, but not {string.Join(", ", replaced)}: an instance in that status would be terminated to make room, and then be in the way. Name it too.",
                nameof(options))
            : statuses;
    }

    private static string NewId() => Guid.NewGuid().ToString("N");

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }

    private Task SendAsync(string instanceId, History.HistoryEvent message, Action<OrchestrationRuntimeStatus> require, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return engine.SendAsync(instanceId, message, require);
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, bool getInputsAndOutputs, Func<OrchestrationMetadata, bool> condition, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var changed = engine.WhenChanged(instanceId);
            if (instances.Find(instanceId, getInputsAndOutputs) is { } instance && condition(instance))
            {
                return instance;
            }

            try
            {
                await changed.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                engine.ForgetWait(instanceId);
                throw;
            }
        }
    }
}
