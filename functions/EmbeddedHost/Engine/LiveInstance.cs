using EmbeddedHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <summary>An instance that has not ended: what arrived for it and, between steps, its code in mid-flight. At most one step at a time.</summary>
internal sealed class LiveInstance(long key, OrchestrationInstance instance, string? customStatus)
{
    private readonly Lock _gate = new();
    private List<Message> _inbox = [];
    private bool _queued;
    private bool _closed;

    public long Key => key;

    public OrchestrationInstance Instance => instance;

    /// <summary>The status it showed last.</summary>
    public string? CustomStatus { get; set; } = customStatus;

    /// <summary>The status it had after its last step, as far as this process knows.</summary>
    public OrchestrationRuntimeStatus? Shown { get; set; }

    /// <summary>When its first step was made (UTC), once that is committed.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>How many steps are committed.</summary>
    public int Steps { get; set; }

    /// <summary>How many times in a row its step could not be committed.</summary>
    public int FailedCommits { get; set; }

    /// <summary>Why it can go no further, if it cannot: its next step is its last.</summary>
    public Exception? GivenUp { get; set; }

    /// <summary>The code in mid-flight, or null when the next step must replay it.</summary>
    public OrchestrationSession? Session { get; set; }

    /// <summary>Adds a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="mustQueue">Whether a step must be queued for it.</param>
    /// <returns>False when this execution takes no more messages: the message is for the one that follows it.</returns>
    public bool TryPost(Message message, out bool mustQueue)
    {
        lock (_gate)
        {
            mustQueue = !_closed && !_queued;
            if (_closed)
            {
                return false;
            }

            _inbox.Add(message);
            _queued = true;
            return true;
        }
    }

    /// <summary>Takes no more messages.</summary>
    /// <returns>Those that no step has taken.</returns>
    public List<Message> Close()
    {
        lock (_gate)
        {
            _closed = true;
            return _inbox;
        }
    }

    /// <summary>Takes all messages for a step.</summary>
    public List<Message> Take()
    {
        lock (_gate)
        {
            var taken = _inbox;
            _inbox = [];
            return taken;
        }
    }

    /// <summary>Gives back the messages of a step that came to nothing.</summary>
    public void GiveBack(List<Message> messages)
    {
        lock (_gate)
        {
            messages.AddRange(_inbox);
            _inbox = messages;
        }
    }

    /// <summary>Ends a step.</summary>
    /// <returns>True when another must be queued.</returns>
    public bool EndStep()
    {
        lock (_gate)
        {
            return _queued = _inbox.Count > 0;
        }
    }
}

/// <summary>Something for an instance's next step. <paramref name="StoredId"/>: its row in the store, deleted by the step that takes it up.</summary>
internal readonly record struct Message(HistoryEvent Event, long? StoredId = null);
