using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>What an instance has been sent, and who works on it. Used under its queue's lock only.</summary>
internal sealed class Mailbox(long key, string instanceId)
{
    private readonly List<Letter> _waiting = [];
    private readonly HashSet<Letter> _later = [];

    public long Key => key;

    public string InstanceId => instanceId;

    /// <summary>Whether there is a history to be read.</summary>
    public bool HasBegun { get; set; }

    /// <summary>The work item that the instance is locked by.</summary>
    public OrchestrationWorkItem? Holder { get; set; }

    /// <summary>The session that waits for the next message.</summary>
    public TaskCompletionSource<bool>? IdleSession { get; set; }

    /// <summary>Whether it stands in the queue of those that can be worked on.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Until when nobody works on it, as it was abandoned; in ticks of the clock of durations.</summary>
    public long NotBefore { get; set; }

    /// <summary>How often in a row it was abandoned.</summary>
    public int Abandonments { get; set; }

    /// <summary>Whether the instance has ended or been removed: what a work item of it still does has no effect.</summary>
    public bool IsClosed { get; private set; }

    public bool IsEmpty => _waiting.Count == 0 && _later.Count == 0;

    /// <summary>Whether there is something to work on: events that came before the start wait for that.</summary>
    public bool HasWork => _waiting.Count > 0 && (HasBegun || _waiting[0].IsStart);

    /// <summary>Adds what is due; a start comes first.</summary>
    public void Add(Letter letter) => _waiting.Insert(letter.IsStart ? 0 : _waiting.Count, letter);

    /// <summary>Adds what is due later.</summary>
    public void AddLater(Letter letter) => _later.Add(letter);

    /// <summary>Moves what has become due.</summary>
    /// <returns>False when it is of no use any more.</returns>
    public bool TryAddDue(Letter letter)
    {
        if (!_later.Remove(letter))
        {
            return false;
        }

        Add(letter);
        return true;
    }

    /// <summary>Takes what can be worked on at once: a rewind alone, as the framework asks.</summary>
    public List<Letter> Take()
    {
        var count = _waiting.FindIndex(letter => letter.IsRewind) switch
        {
            -1 => _waiting.Count,
            0 => 1,
            var before => before,
        };
        var taken = _waiting.GetRange(0, count);
        _waiting.RemoveRange(0, count);
        foreach (var letter in taken)
        {
            // It may have been, in an episode that was abandoned.
            letter.Message.Event.IsPlayed = false;
        }

        return taken;
    }

    /// <summary>Takes back what was taken and has come to nothing.</summary>
    public void Return(List<Letter> taken)
    {
        if (!IsClosed)
        {
            _waiting.InsertRange(0, taken);
        }
    }

    /// <summary>Throws away what is for another execution.</summary>
    public void Renew(string? executionId)
    {
        HasBegun = true;
        Discard(letter => letter.ExecutionId is { } other && other != executionId);
    }

    /// <summary>Throws away everything: the instance has ended or been removed.</summary>
    public void Close()
    {
        IsClosed = true;
        Discard(_ => true);
    }

    private void Discard(Predicate<Letter> isOfNoUse)
    {
        _waiting.RemoveAll(isOfNoUse);
        _later.RemoveWhere(isOfNoUse);
    }
}
