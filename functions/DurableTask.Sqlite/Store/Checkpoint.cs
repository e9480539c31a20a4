using DurableTask.Core;
using DurableTask.Core.Common;
using DurableTask.Core.History;
using DurableTask.Sqlite.Events;

namespace DurableTask.Sqlite.Store;

/// <summary>All that an episode of an orchestration changes: written as a whole or not at all.</summary>
internal sealed class Checkpoint
{
    private readonly long _instanceKey;
    private readonly OrchestrationState _state;
    private readonly OrchestrationRuntimeState _runtimeState;
    private readonly bool _isWholeHistory;
    private readonly string _events;
    private readonly List<long> _consumed;
    private readonly List<OutgoingMessage> _activities;
    private readonly List<OutgoingMessage> _messages;

    /// <param name="instanceKey">The instance.</param>
    /// <param name="runtimeState">The history, of which the new events are written.</param>
    /// <param name="state">What became of the instance.</param>
    /// <param name="consumed">The messages that the episode took up.</param>
    /// <param name="activities">The activities that it schedules.</param>
    /// <param name="messages">The messages, timers and starts that it sends.</param>
    public Checkpoint(
        long instanceKey,
        OrchestrationRuntimeState runtimeState,
        OrchestrationState state,
        IEnumerable<Letter> consumed,
        IEnumerable<TaskMessage> activities,
        IEnumerable<TaskMessage> messages)
    {
        _instanceKey = instanceKey;
        _state = state;
        _runtimeState = runtimeState;
        _consumed = [.. consumed.Select(letter => letter.Id)];
        _activities = [.. activities.Select(OutgoingMessage.Of)];
        _messages = [.. messages.Select(OutgoingMessage.Of)];

        // A first episode, and one after which the framework went on with another execution: continued as new, or rewound.
        _isWholeHistory = runtimeState.NewEvents.Count == runtimeState.Events.Count;
        _events = EventJson.WriteEvents(runtimeState.NewEvents);
    }

    /// <summary>The checkpoint of a change that is made without a worker.</summary>
    public static Checkpoint Of(long instanceKey, OrchestrationRuntimeState runtimeState, IEnumerable<TaskMessage> messages, DateTime now)
    {
        var state = Utils.BuildOrchestrationState(runtimeState);
        state.LastUpdatedTime = now;
        return new Checkpoint(instanceKey, runtimeState, state, [], [], messages);
    }

    /// <summary>Writes it.</summary>
    /// <returns>What came of it; null, and nothing is written, when the instance is not live any more.</returns>
    public Postings? Apply(StoreWriter writer, DateTime now, long clockAhead = 0)
    {
        if (!writer.UpdateInstance(_instanceKey, _state))
        {
            return null;
        }

        Postings postings = new() { ClockAhead = clockAhead };
        if (_isWholeHistory)
        {
            writer.RenewInstance(_instanceKey, _state);
            postings.Renewed.Add((_instanceKey, _state.OrchestrationInstance.ExecutionId));
        }

        writer.AddHistory(_instanceKey, _events);
        if (InstanceStatus.IsLive(_state.OrchestrationStatus))
        {
            _consumed.ForEach(id => writer.DeleteMessage(_instanceKey, id));
        }
        else
        {
            writer.DeleteMessages(_instanceKey);
            writer.WriteResult(_instanceKey, _state.Output, _state.FailureDetails);
            postings.Ended.Add(_instanceKey);
            postings.Settled.Add(_state.OrchestrationInstance.InstanceId);
        }

        foreach (var activity in _activities)
        {
            postings.Activities.Add(new QueuedActivity(writer.AddActivity(_instanceKey, activity.Json), _instanceKey, activity.Message));
        }

        Delivery delivery = new(writer, postings, now);
        foreach (var message in _messages)
        {
            delivery.Deliver(message);
            if (message.Message.Event is ExecutionRewoundEvent && writer.Find(message.Message.OrchestrationInstance.InstanceId) is null)
            {
                delivery.Deliver(OutgoingMessage.Of(OfNoChild(message.Message.OrchestrationInstance.InstanceId)));
            }
        }

        return postings;
    }

    // A sub-orchestration that is to be rewound and was purged: whoever waits for it has to hear so.
    private TaskMessage OfNoChild(string instanceId)
    {
        var reason = $"The sub-orchestration '{instanceId}' cannot be rewound: it was removed.";
        var task = _runtimeState.Events.OfType<SubOrchestrationInstanceCreatedEvent>().Last(created => created.InstanceId == instanceId).EventId;
        FailureDetails failure = new("DurableTask.Sqlite.InstanceRemoved", reason, stackTrace: null, innerFailure: null, isNonRetriable: true);
        return new TaskMessage
        {
            OrchestrationInstance = _state.OrchestrationInstance,
            Event = new SubOrchestrationInstanceFailedEvent(-1, task, reason, details: null, failure),
        };
    }
}
