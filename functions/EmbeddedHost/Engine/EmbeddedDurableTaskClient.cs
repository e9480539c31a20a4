using System.Text.Json;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Http;
using EmbeddedHost.Store;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

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
        var id = options?.InstanceId is { Length: > 0 } given ? given : NewId();
        OrchestrationInstance instance = new(
            id,
            NewId(),
            orchestratorName.Name,
            options?.Version?.Version ?? defaultVersion,
            converter.Serialize(input),
            Parent: null,
            options?.StartAt?.UtcDateTime,
            options?.Tags is { Count: > 0 } tags ? JsonSerializer.Serialize(tags) : null);
        await engine.ScheduleAsync(instance, options?.DedupeStatuses is { } statuses ? [.. statuses.Select(Enum.Parse<OrchestrationRuntimeStatus>)] : s_live);
        return id;
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return SendAsync(instanceId, new EventRaised(eventName, converter.Serialize(eventPayload)) { At = engine.Now }, status =>
            Require(StepCommit.IsLive(status), "The orchestration instance with the provided instance id is not running."), cancellation);
    }

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionTerminated(converter.Serialize(options?.Output), options?.Recursive ?? false) { At = engine.Now }, status =>
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
        try
        {
            await engine.ScheduleAsync(again, s_live);
        }
        catch (global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException exception)
        {
            throw new InvalidOperationException("A non-terminal instance with this instance ID already exists.", exception);
        }

        return again.InstanceId;
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
        return Pageable.Create((continuationToken, pageSize, cancellationToken) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
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

    private static string NewId() => Guid.NewGuid().ToString("N");

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }

    private Task SendAsync(string instanceId, HistoryEvent message, Action<OrchestrationRuntimeStatus> require, CancellationToken cancellation)
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
            var changed = engine.WhenChanged(instanceId);
            if (instances.Find(instanceId, getInputsAndOutputs) is { } instance && condition(instance))
            {
                return instance;
            }

            await changed.WaitAsync(cancellation);
        }
    }
}
