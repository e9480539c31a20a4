using EmbeddedHost.Http;
using EmbeddedHost.Store;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <summary>The client of the engine in this process.</summary>
internal sealed class EmbeddedDurableTaskClient(string name, DurableEngine engine, InstanceQueries instances, DataConverter converter)
    : DurableTaskClient(name), IManagedOverHttp
{
    public ManagementLinks? Links { get; set; }

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        cancellation.ThrowIfCancellationRequested();
        var id = options?.InstanceId is { Length: > 0 } given ? given : Guid.NewGuid().ToString("N");
        await engine.ScheduleAsync(new OrchestrationInstance(
            id, Guid.NewGuid().ToString("N"), orchestratorName.Name, converter.Serialize(input), Parent: null, options?.StartAt?.UtcDateTime));
        return id;
    }

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

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        while (true)
        {
            var ended = engine.WhenEnded(instanceId);
            if (instances.Find(instanceId, getInputsAndOutputs) is { IsCompleted: true } instance)
            {
                return instance;
            }

            await ended.WaitAsync(cancellation);
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
