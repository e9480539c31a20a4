using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;

namespace DurableTask.Sqlite.Store;

/// <summary>Brings messages to their instances, within a transaction.</summary>
internal readonly struct Delivery(StoreWriter writer, Postings postings, DateTime now)
{
    /// <summary>
    /// Leaves a message with its instance. One that has no instance, or one that has ended, is discarded, unless it rewinds that.
    /// </summary>
    public void Deliver(OutgoingMessage outgoing)
    {
        var message = outgoing.Message;
        if (message.Event is ExecutionStartedEvent start)
        {
            Start(start, outgoing);
            return;
        }

        var target = message.OrchestrationInstance;
        if (string.IsNullOrEmpty(target?.InstanceId))
        {
            postings.Discarded.Add((message, "it names no instance"));
        }
        else if (writer.Find(target.InstanceId) is not { } row)
        {
            postings.Discarded.Add((message, "there is no such instance"));
        }
        else if (!string.IsNullOrEmpty(target.ExecutionId) && target.ExecutionId != row.ExecutionId)
        {
            postings.Discarded.Add((message, "it is for another execution"));
        }
        else if (row.IsLive)
        {
            Leave(row.Key, row.HasBegun, outgoing);
        }
        else if (message.Event is ExecutionRewoundEvent)
        {
            writer.ReopenInstance(row.Key, now);
            Leave(row.Key, hasBegun: true, outgoing);
        }
        else
        {
            postings.Discarded.Add((message, $"the instance is {row.Status}"));
        }
    }

    /// <summary>Adds an instance, in the place of the one of its id that there may be, with its start message.</summary>
    public void AddInstance(ExecutionStartedEvent start, OutgoingMessage outgoing, InstanceRow? before)
    {
        if (before is { } replaced)
        {
            Remove(replaced);
        }

        var key = writer.AddInstance(start, start.Generation ?? (before is null ? 0 : before.Value.Generation + 1));
        Leave(key, hasBegun: false, outgoing);
    }

    /// <summary>Removes an instance and all that belongs to it.</summary>
    public void Remove(InstanceRow row)
    {
        writer.DeleteInstance(row.Key);
        postings.Removed.Add(row.Key);
        postings.Settled.Add(row.InstanceId);
    }

    // A sub-orchestration takes the place of an ended one of its id. Of a live one it cannot, and whoever waits for it has to hear so.
    private void Start(ExecutionStartedEvent start, OutgoingMessage outgoing)
    {
        var before = writer.Find(start.OrchestrationInstance.InstanceId);
        if (before is not { IsLive: true } live)
        {
            AddInstance(start, outgoing, before);
            return;
        }

        var reason = $"An instance with the id '{live.InstanceId}' already exists, and is {live.Status}.";
        postings.Discarded.Add((outgoing.Message, reason));
        if (start.ParentInstance is { } parent)
        {
            FailureDetails failure = new(
                typeof(OrchestrationAlreadyExistsException).FullName!, reason, stackTrace: null, innerFailure: null, isNonRetriable: true);
            Deliver(OutgoingMessage.Of(new TaskMessage
            {
                OrchestrationInstance = parent.OrchestrationInstance,
                Event = new SubOrchestrationInstanceFailedEvent(-1, parent.TaskScheduleId, reason, details: null, failure),
            }));
        }
    }

    private void Leave(long key, bool hasBegun, OutgoingMessage outgoing)
    {
        var target = outgoing.Message.OrchestrationInstance;
        var executionId = string.IsNullOrEmpty(target.ExecutionId) ? null : target.ExecutionId;
        var id = writer.AddMessage(key, executionId, outgoing.VisibleAt, outgoing.Json);
        postings.Letters.Add(new Letter(id, new Recipient(key, target.InstanceId, hasBegun), executionId, outgoing.VisibleAt, outgoing.Message));
    }
}
