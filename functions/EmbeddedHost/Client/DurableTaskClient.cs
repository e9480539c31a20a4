using DurableTask.Core.History;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;
using Microsoft.DurableTask.Internal;

namespace Microsoft.DurableTask.Client;

/// <summary>Starts orchestrations and watches them.</summary>
public abstract class DurableTaskClient(string name) : IOrchestrationSubmitter, IAsyncDisposable
{
    /// <summary>The task hub's name.</summary>
    public string Name { get; } = name;

    /// <summary>Not offered: the embedded host has no entities.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public virtual DurableEntityClient Entities => throw new NotSupportedException(TaskOrchestrationEntityFeature.NotOffered);

    /// <summary>Starts an orchestration; it is durable when this returns.</summary>
    /// <returns>The instance's id.</returns>
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, CancellationToken cancellation) =>
        ScheduleNewOrchestrationInstanceAsync(orchestratorName, null, null, cancellation);

    /// <inheritdoc cref="ScheduleNewOrchestrationInstanceAsync(TaskName, CancellationToken)" />
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, object? input, CancellationToken cancellation) =>
        ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, null, cancellation);

    /// <inheritdoc cref="ScheduleNewOrchestrationInstanceAsync(TaskName, CancellationToken)" />
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, StartOrchestrationOptions options, CancellationToken cancellation = default) =>
        ScheduleNewOrchestrationInstanceAsync(orchestratorName, null, options, cancellation);

    /// <inheritdoc cref="ScheduleNewOrchestrationInstanceAsync(TaskName, CancellationToken)" />
    /// <remarks>An ended instance of the same id is replaced.</remarks>
    /// <exception cref="DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException">An instance of that id has not ended.</exception>
    public abstract Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default);

    /// <inheritdoc cref="RaiseEventAsync(string, string, object?, CancellationToken)" />
    public virtual Task RaiseEventAsync(string instanceId, string eventName, CancellationToken cancellation) =>
        RaiseEventAsync(instanceId, eventName, null, cancellation);

    /// <summary>Sends an event to an instance. It is kept until the instance waits for one of that name (case aside).</summary>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public abstract Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default);

    /// <inheritdoc cref="WaitForInstanceStartAsync(string, bool, CancellationToken)" />
    public virtual Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, CancellationToken cancellation) =>
        WaitForInstanceStartAsync(instanceId, false, cancellation);

    /// <summary>Waits until an instance has begun. It waits for an unknown id too, until it is cancelled.</summary>
    public abstract Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <inheritdoc cref="TerminateInstanceAsync(string, TerminateInstanceOptions?, CancellationToken)" />
    public virtual Task TerminateInstanceAsync(string instanceId, CancellationToken cancellation) => TerminateInstanceAsync(instanceId, null, cancellation);

    /// <inheritdoc cref="TerminateInstanceAsync(string, TerminateInstanceOptions?, CancellationToken)" />
    public virtual Task TerminateInstanceAsync(string instanceId, object? output, CancellationToken cancellation = default) =>
        TerminateInstanceAsync(instanceId, output is null ? null : new TerminateInstanceOptions(output), cancellation);

    /// <summary>Ends an instance from outside. Activities that run go on; what they return is dropped.</summary>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public virtual Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        throw NotOffered("orchestration termination");

    /// <inheritdoc cref="SuspendInstanceAsync(string, string?, CancellationToken)" />
    public virtual Task SuspendInstanceAsync(string instanceId, CancellationToken cancellation) => SuspendInstanceAsync(instanceId, null, cancellation);

    /// <summary>Holds an instance: its code does not go on, and what arrives waits, until it is resumed.</summary>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    /// <exception cref="InvalidOperationException">It has ended, or is held already.</exception>
    public abstract Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    /// <inheritdoc cref="ResumeInstanceAsync(string, string?, CancellationToken)" />
    public virtual Task ResumeInstanceAsync(string instanceId, CancellationToken cancellation) => ResumeInstanceAsync(instanceId, null, cancellation);

    /// <summary>Lets a held instance go on.</summary>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    /// <exception cref="InvalidOperationException">It is not held.</exception>
    public abstract Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    /// <inheritdoc cref="PurgeInstanceAsync(string, PurgeInstanceOptions?, CancellationToken)" />
    public virtual Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellation) => PurgeInstanceAsync(instanceId, null, cancellation);

    /// <summary>Removes an ended instance and its history. An unknown id removes nothing.</summary>
    /// <exception cref="InvalidOperationException">The instance has not ended.</exception>
    public virtual Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        throw NotOffered("purging of orchestration instances");

    /// <inheritdoc cref="PurgeAllInstancesAsync(PurgeInstancesFilter, PurgeInstanceOptions?, CancellationToken)" />
    public virtual Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellation) =>
        PurgeAllInstancesAsync(filter, null, cancellation);

    /// <summary>Removes the ended instances that a filter lets through.</summary>
    public virtual Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        throw NotOffered("purging of orchestration instances");

    /// <summary>Starts an instance again with its input.</summary>
    /// <returns>The id of the started instance: a new one, or the same.</returns>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    /// <exception cref="InvalidOperationException">The same id is asked for, and the instance has not ended.</exception>
    public virtual Task<string> RestartAsync(string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default) =>
        throw NotOffered("orchestration restart");

    /// <summary>Lets a failed instance go on from its last failures: what had failed is done again, what had succeeded is not.</summary>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    /// <exception cref="InvalidOperationException">The instance has not failed.</exception>
    public virtual Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) => throw NotOffered("orchestration rewind");

    /// <inheritdoc cref="GetInstanceAsync(string, bool, CancellationToken)" />
    public virtual Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellation) => GetInstanceAsync(instanceId, false, cancellation);

    /// <summary>A snapshot of an instance, or null when there is none of that id.</summary>
    public virtual Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);

    /// <inheritdoc cref="GetInstanceAsync(string, bool, CancellationToken)" />
    public virtual Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, CancellationToken cancellation) => GetInstancesAsync(instanceId, false, cancellation);

    /// <inheritdoc cref="GetInstanceAsync(string, bool, CancellationToken)" />
    public abstract Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>The instances that a filter lets through, in order of id.</summary>
    public abstract AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null);

    /// <inheritdoc cref="WaitForInstanceCompletionAsync(string, bool, CancellationToken)" />
    public virtual Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, CancellationToken cancellation) =>
        WaitForInstanceCompletionAsync(instanceId, false, cancellation);

    /// <summary>Waits until an instance has ended, in whatever way. It waits for an unknown id too, until it is cancelled.</summary>
    public abstract Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>What has happened to an instance since it began, or began anew, in the order in which it happened.</summary>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    public virtual Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default) =>
        throw NotOffered("retrieving orchestration history");

    /// <summary>One page of the ids of instances, in order. With a time of completion only those that have ended.</summary>
    /// <param name="runtimeStatus">In one of these statuses; null or none: in any.</param>
    /// <param name="completedTimeFrom">Ended at this time or later.</param>
    /// <param name="completedTimeTo">Ended at this time or earlier.</param>
    /// <param name="pageSize">Ids a page, at least one.</param>
    /// <param name="lastInstanceKey">The continuation token of the page before; null: the first page.</param>
    /// <param name="cancellation">Gives up the query.</param>
    public virtual Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
        DateTimeOffset? completedTimeFrom = null,
        DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize,
        string? lastInstanceKey = null,
        CancellationToken cancellation = default) =>
        throw NotOffered("listing orchestration instance IDs filtered by completed time");

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    private NotSupportedException NotOffered(string what) => new($"{GetType()} does not support {what}.");
}
