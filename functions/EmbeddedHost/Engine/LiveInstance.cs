using EmbeddedHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <summary>An instance that has not ended: what arrived for it and, between steps, its code in mid-flight. At most one step at a time.</summary>
internal sealed class LiveInstance(long key, OrchestrationInstance instance, string? customStatus)
{
    private readonly Lock _gate = new();
    private List<Message> _inbox = [];
    private bool _queued;

    public long Key => key;

    public OrchestrationInstance Instance => instance;

    /// <summary>The status it showed last.</summary>
    public string? CustomStatus { get; set; } = customStatus;

    /// <summary>The status it had after its last step, as far as this process knows.</summary>
    public OrchestrationRuntimeStatus? Shown { get; set; }

    /// <summary>How many steps are committed.</summary>
    public int Steps { get; set; }

    /// <summary>The code in mid-flight, or null when the next step must replay it.</summary>
    public OrchestrationSession? Session { get; set; }

    /// <summary>Adds a message.</summary>
    /// <returns>True when a step must be queued for it.</returns>
    public bool Post(Message message)
    {
        lock (_gate)
        {
            _inbox.Add(message);
            return !_queued && (_queued = true);
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
