using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Sqlite.Events;
using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite;

/// <content>What clients call.</content>
public sealed partial class SqliteOrchestrationService
{
    private static readonly OrchestrationStatus[] s_live = [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended];

    /// <summary>Adds an instance, unless there is one of its id, in whatever state.</summary>
    /// <param name="creationMessage">A message with an <see cref="ExecutionStartedEvent"/>.</param>
    /// <exception cref="OrchestrationAlreadyExistsException">There is an instance of that id.</exception>
    /// <exception cref="ArgumentException">It is no such message.</exception>
    public Task CreateTaskOrchestrationAsync(TaskMessage creationMessage) =>
        CreateTaskOrchestrationAsync(creationMessage, Enum.GetValues<OrchestrationStatus>());

    /// <summary>
    /// Adds an instance. One of its id with another status than these is replaced in the same transaction: its history and all that it was
    /// sent are gone, activities that it scheduled and that have not started are not run, and what it does at the moment has no effect.
    /// </summary>
    /// <param name="creationMessage">A message with an <see cref="ExecutionStartedEvent"/>.</param>
    /// <param name="dedupeStatuses">
    /// The statuses of an instance that must not be replaced; null: those of one that has not ended; none: any is replaced.
    /// </param>
    /// <exception cref="OrchestrationAlreadyExistsException">There is an instance of that id with one of these statuses.</exception>
    /// <exception cref="ArgumentException">It is no such message.</exception>
    public Task CreateTaskOrchestrationAsync(TaskMessage creationMessage, OrchestrationStatus[]? dedupeStatuses) =>
        CreateAsync(creationMessage, dedupeStatuses, asOnlyOne: false);

    /// <summary>
    /// Adds an instance as <see cref="CreateTaskOrchestrationAsync(TaskMessage, OrchestrationStatus[])"/> does, unless another instance of the same
    /// orchestration name has not ended. Looked at in the transaction that adds it: of many who call at once, one succeeds.
    /// </summary>
    /// <param name="creationMessage">A message with an <see cref="ExecutionStartedEvent"/>.</param>
    /// <param name="dedupeStatuses">The statuses of an instance of its id that must not be replaced, as there.</param>
    /// <exception cref="OrchestrationAlreadyExistsException">Another has not ended, or there is an instance of that id with one of these statuses.</exception>
    /// <exception cref="ArgumentException">It is no such message.</exception>
    public Task CreateOnlyTaskOrchestrationAsync(TaskMessage creationMessage, OrchestrationStatus[]? dedupeStatuses) =>
        CreateAsync(creationMessage, dedupeStatuses, asOnlyOne: true);

    /// <summary>Leaves a message with an instance. It is discarded when there is no such instance, or it has ended.</summary>
    public Task SendTaskOrchestrationMessageAsync(TaskMessage message) => SendTaskOrchestrationMessageBatchAsync(message);

    /// <summary>Leaves messages with instances, all at once. Those are discarded whose instance is not there, or has ended.</summary>
    public async Task SendTaskOrchestrationMessageBatchAsync(params TaskMessage[] messages)
    {
        var store = await StoreAsync();
        var outgoing = messages.Select(OutgoingMessage.Of).ToList();
        await store.WriteAsync(writer =>
        {
            Postings postings = new();
            Delivery delivery = new(writer, postings, store.Now);
            outgoing.ForEach(delivery.Deliver);
            return postings;
        });
    }

    /// <summary>Waits until an instance has ended, without asking the disk again and again.</summary>
    /// <param name="instanceId">The instance; it need not be there yet.</param>
    /// <param name="executionId">Makes no difference: an instance that goes on in another execution has not ended.</param>
    /// <param name="timeout">How long to wait at most; zero: not at all; <see cref="Timeout.InfiniteTimeSpan"/>: for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The ended instance; null when it has not ended within the time.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<OrchestrationState> WaitForOrchestrationAsync(
        string instanceId, string? executionId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, Timeout.InfiniteTimeSpan);
        using CancellationTokenSource waiting = timeout < TimeSpan.FromMilliseconds(int.MaxValue) ? new(timeout, _time) : new();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, cancellationToken);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var store = await StoreAsync();
            var ends = store.Completions.Join(instanceId);
            try
            {
                if (store.Instances.Find(instanceId) is { } state && !InstanceStatus.IsLive(state.OrchestrationStatus))
                {
                    return state;
                }

                await ends.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null!;
            }
            finally
            {
                store.Completions.Leave(instanceId, ends);
            }
        }
    }

    /// <summary>
    /// Terminates an instance. A started worker does it when the instance's current episode is over; without one, or when the instance has
    /// not begun, it has ended when this returns. Sub-orchestrations and activities go on. Nothing happens to one that has ended, or is not there.
    /// </summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="reason">Its output.</param>
    public async Task ForceTerminateTaskOrchestrationAsync(string instanceId, string? reason)
    {
        var store = await StoreAsync();
        var outgoing = OutgoingMessage.Of(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId },
            Event = new ExecutionTerminatedEvent(-1, reason) { Timestamp = store.Now },
        });
        await store.WriteAsync(writer =>
        {
            if (writer.Find(instanceId) is { IsLive: true } row && !(_isStarted && row.HasBegun))
            {
                return Ending.End(writer, row.Key, store.Now, (history, _) =>
                {
                    history.AddEvent(outgoing.Message.Event);
                    return new ExecutionCompletedEvent(-1, reason, OrchestrationStatus.Terminated);
                });
            }

            Postings postings = new();
            new Delivery(writer, postings, store.Now).Deliver(outgoing);
            return postings;
        });
    }

    /// <summary>The current execution of an instance; earlier ones are not kept.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="allExecutions">Makes no difference.</param>
    /// <returns>One state, or none when there is no such instance.</returns>
    public async Task<IList<OrchestrationState>> GetOrchestrationStateAsync(string instanceId, bool allExecutions) =>
        (await StoreAsync()).Instances.Find(instanceId) is { } state ? [state] : [];

    /// <summary>An execution of an instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="executionId">The execution; null or empty: the current one. Earlier ones are not kept.</param>
    /// <returns>Null when there is none such.</returns>
    public async Task<OrchestrationState> GetOrchestrationStateAsync(string instanceId, string? executionId) =>
        (await StoreAsync()).Instances.Find(instanceId) is { } state
        && (string.IsNullOrEmpty(executionId) || executionId == state.OrchestrationInstance.ExecutionId)
            ? state
            : null!;

    /// <summary>The history of an execution as a JSON array of its events.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="executionId">The execution; null or empty: the current one. Earlier ones are not kept.</param>
    /// <returns>An empty array when there is none such, or it has not begun.</returns>
    public async Task<string> GetOrchestrationHistoryAsync(string instanceId, string? executionId) =>
        EventJson.WriteForReaders((await StoreAsync()).Instances.ReadHistory(instanceId, executionId));

    /// <summary>Removes the ended instances that were created, completed or last updated before a time.</summary>
    public async Task PurgeOrchestrationHistoryAsync(DateTime thresholdDateTimeUtc, OrchestrationStateTimeRangeFilterType timeRangeFilterType)
    {
        var column = timeRangeFilterType switch
        {
            OrchestrationStateTimeRangeFilterType.OrchestrationCreatedTimeFilter => "created_at",
            OrchestrationStateTimeRangeFilterType.OrchestrationCompletedTimeFilter => "completed_at",
            OrchestrationStateTimeRangeFilterType.OrchestrationLastUpdatedTimeFilter => "updated_at",
            _ => throw new ArgumentOutOfRangeException(nameof(timeRangeFilterType), timeRangeFilterType, "There is no such time."),
        };
        await (await PurgeAsync()).PurgeAsync(
            conditions => conditions.Where($"{column} < {{0}}", Ticks.Of(thresholdDateTimeUtc)), recursive: false, timeout: null);
    }

    private async Task CreateAsync(TaskMessage creationMessage, OrchestrationStatus[]? dedupeStatuses, bool asOnlyOne)
    {
        if (creationMessage.Event is not ExecutionStartedEvent { OrchestrationInstance.InstanceId: { Length: > 0 } instanceId } start)
        {
            throw new ArgumentException("An instance is created by a message with an ExecutionStartedEvent that names the instance.", nameof(creationMessage));
        }

        var store = await StoreAsync();
        var outgoing = OutgoingMessage.Of(creationMessage);
        await store.WriteAsync(writer =>
        {
            var before = writer.Find(instanceId);
            if (before is { } existing && (dedupeStatuses ?? s_live).Contains(existing.Status))
            {
                throw new OrchestrationAlreadyExistsException($"An instance with the id '{existing.InstanceId}' already exists, and is {existing.Status}.");
            }

            if (asOnlyOne && writer.FindOtherLive(start.Name ?? string.Empty, instanceId) is { } other)
            {
                throw new OrchestrationAlreadyExistsException(
                    $"The instance '{other.InstanceId}' of {start.Name} has not ended (it is {other.Status}), and there may be one at a time.");
            }

            Postings postings = new();
            new Delivery(writer, postings, store.Now).AddInstance(start, outgoing, before);
            return postings;
        });
    }
}
