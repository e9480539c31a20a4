using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using DurableTask.Sqlite.Dispatch;
using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite;

/// <content>What the dispatchers of a worker call.</content>
public sealed partial class SqliteOrchestrationService
{
    /// <inheritdoc />
    public int TaskOrchestrationDispatcherCount => 1;

    /// <inheritdoc />
    public int MaxConcurrentTaskOrchestrationWorkItems => _options.MaxConcurrentTaskOrchestrationWorkItems;

    /// <inheritdoc />
    public int TaskActivityDispatcherCount => 1;

    /// <inheritdoc />
    public int MaxConcurrentTaskActivityWorkItems => _options.MaxConcurrentTaskActivityWorkItems;

    /// <summary>Events that an orchestration did not take before it continued as new go on to its next execution.</summary>
    public BehaviorOnContinueAsNew EventBehaviourForContinueAsNew => BehaviorOnContinueAsNew.Carryover;

    /// <summary>There is no limit to the messages of one episode.</summary>
    /// <returns>False.</returns>
    public bool IsMaxMessageCountExceeded(int currentMessageCount, OrchestrationRuntimeState runtimeState) => false;

    /// <summary>Nothing: an abandoned work item waits by itself, and the others need not.</summary>
    /// <returns>0.</returns>
    public int GetDelayInSecondsAfterOnProcessException(Exception exception) => 0;

    /// <inheritdoc />
    public int GetDelayInSecondsAfterOnFetchException(Exception exception) => exception is OperationCanceledException ? 0 : 1;

    /// <inheritdoc />
    public async Task<TaskOrchestrationWorkItem> LockNextTaskOrchestrationWorkItemAsync(TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        var store = await StoreAsync();
        if (await store.Orchestrations.LockNextAsync(receiveTimeout, cancellationToken) is not { } workItem)
        {
            return null!;
        }

        workItem.Store = store;
        try
        {
            OrchestrationRuntimeState history = new(workItem.Mailbox.HasBegun ? store.Instances.ReadHistory(workItem.Mailbox.Key) : null);
            LetRewindBeTraced(workItem, history);
            workItem.OrchestrationRuntimeState = history;
            workItem.NewMessages = [.. workItem.Taken.Select(letter => letter.Message)];
            workItem.Session = _options.ExtendedSessionsEnabled
                ? new OrchestrationSession(store.Orchestrations, store.Activities, _options.ExtendedSessionIdleTimeout)
                : null;
            return workItem;
        }
        catch
        {
            store.Orchestrations.Release(workItem, isAbandoned: true);
            throw;
        }
    }

    /// <summary>Does nothing: a lock holds as long as its process lives.</summary>
    public Task RenewTaskOrchestrationWorkItemLockAsync(TaskOrchestrationWorkItem workItem) => Task.CompletedTask;

    /// <inheritdoc />
    /// <exception cref="SqliteStoreException">The disk does not take it: nothing of it is written.</exception>
    public async Task CompleteTaskOrchestrationWorkItemAsync(
        TaskOrchestrationWorkItem workItem,
        OrchestrationRuntimeState newOrchestrationRuntimeState,
        IList<TaskMessage> outboundMessages,
        IList<TaskMessage> orchestratorMessages,
        IList<TaskMessage> timerMessages,
        TaskMessage continuedAsNewMessage,
        OrchestrationState orchestrationState)
    {
        var item = (OrchestrationWorkItem)workItem;
        var store = item.Store;
        if (orchestrationState is null || !newOrchestrationRuntimeState.IsValid)
        {
            // The framework could make nothing of the messages.
            await store.WriteAsync(writer =>
            {
                item.Taken.ForEach(letter => writer.DeleteMessage(letter.Recipient.Key, letter.Id));
                return null;
            });
            store.Orchestrations.Complete(item);
            return;
        }

        IEnumerable<TaskMessage> messages = [.. orchestratorMessages ?? [], .. timerMessages ?? []];
        Checkpoint checkpoint = new(
            item.Mailbox.Key,
            newOrchestrationRuntimeState,
            orchestrationState,
            item.Taken,
            outboundMessages ?? [],
            continuedAsNewMessage is null ? messages : messages.Append(continuedAsNewMessage));
        if (await store.WriteAsync(writer => item.Mailbox.IsClosed ? null : checkpoint.Apply(writer, store.Now, item.ClockAhead)) is null)
        {
            _logger.CheckpointDiscarded(item.InstanceId);
        }

        store.Orchestrations.Complete(item);
    }

    /// <inheritdoc />
    public Task AbandonTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem)
    {
        _logger.OrchestrationAbandoned(workItem.InstanceId);
        return ReleaseAsync((OrchestrationWorkItem)workItem, isAbandoned: true);
    }

    /// <inheritdoc />
    public Task ReleaseTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem) => ReleaseAsync((OrchestrationWorkItem)workItem, isAbandoned: false);

    /// <inheritdoc />
    public async Task<TaskActivityWorkItem> LockNextTaskActivityWorkItem(TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        var store = await StoreAsync();
        var workItem = await store.Activities.LockNextAsync(receiveTimeout, cancellationToken);
        workItem?.Store = store;
        return workItem!;
    }

    /// <summary>Does nothing: a lock holds as long as its process lives.</summary>
    /// <returns>The work item.</returns>
    public Task<TaskActivityWorkItem> RenewTaskActivityWorkItemLockAsync(TaskActivityWorkItem workItem) => Task.FromResult(workItem);

    /// <inheritdoc />
    /// <exception cref="SqliteStoreException">The disk does not take it: nothing of it is written.</exception>
    public async Task CompleteTaskActivityWorkItemAsync(TaskActivityWorkItem workItem, TaskMessage responseMessage)
    {
        var item = (ActivityWorkItem)workItem;
        var store = item.Store;
        var result = OutgoingMessage.Of(responseMessage);
        try
        {
            if (await store.WriteAsync(writer => ActivityResult.Write(writer, item.Activity, result, store.Now)) is null)
            {
                _logger.ResultDiscarded(responseMessage.OrchestrationInstance.InstanceId);
            }
        }
        catch (SqliteStoreException)
        {
            item.HasLostResult = true;
            throw;
        }

        store.Activities.Complete(item);
    }

    /// <inheritdoc />
    public async Task AbandonTaskActivityWorkItemAsync(TaskActivityWorkItem workItem)
    {
        var item = (ActivityWorkItem)workItem;
        var store = item.Store;
        if (item.IsSettled || item.HasLostResult || store.Activities.IsStopping)
        {
            // To stop a worker is not the activity's fault, nor is a full disk.
            store.Activities.Return(item, isLater: item.HasLostResult);
            return;
        }

        _logger.ActivityAbandoned(item.TaskMessage.OrchestrationInstance.InstanceId, item.Activity.Deliveries + 1);
        var isEnded = false;
        try
        {
            isEnded = await new Poison(store, _options.MaxDeliveryCount, _logger).CountAsync(item.Activity);
        }
        finally
        {
            if (isEnded)
            {
                store.Activities.Complete(item);
            }
            else
            {
                store.Activities.Return(item, isLater: true);
            }
        }
    }

    private static Task ReleaseAsync(OrchestrationWorkItem workItem, bool isAbandoned)
    {
        workItem.Store.Orchestrations.Release(workItem, isAbandoned);
        return Task.CompletedTask;
    }

    // The framework rewinds an ended orchestration by way of its trace context, even where nobody traced it.
    private static void LetRewindBeTraced(OrchestrationWorkItem workItem, OrchestrationRuntimeState history)
    {
        if (workItem.Taken is [{ Message.Event: ExecutionRewoundEvent { ParentTraceContext: null } rewind }]
            && history.ExecutionStartedEvent is { ParentTraceContext: null })
        {
            rewind.ParentTraceContext = new DistributedTraceContext(string.Empty);
        }
    }
}
