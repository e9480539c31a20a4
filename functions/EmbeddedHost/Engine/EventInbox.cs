using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Engine;

/// <summary>The external events of one session: those nobody has waited for yet, and the waits that none has come for.</summary>
internal sealed class EventInbox(OrchestratorSynchronizationContext synchronization)
{
    private readonly LinkedList<EventRaised> _unread = new();
    private readonly List<Wait> _waits = [];

    /// <summary>Whether a wait is open.</summary>
    public bool IsWaitedFor => _waits.Count > 0;

    /// <summary>The events that nobody has waited for, in the order in which they came.</summary>
    public IEnumerable<EventRaised> Unread => _unread;

    /// <summary>Gives an event to the newest wait for its name, or keeps it.</summary>
    public void Raise(EventRaised raised)
    {
        var index = _waits.FindLastIndex(wait => IsSame(wait.Name, raised.Name));
        if (index < 0)
        {
            _unread.AddLast(raised);
            return;
        }

        var source = _waits[index].Source;
        _waits.RemoveAt(index);
        source.SetResult(raised.Input);
    }

    /// <summary>The next event of a name: the first that was kept, or the one to come.</summary>
    public Task<string?> WaitAsync(string name, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<string?>(cancellationToken);
        }

        for (var node = _unread.First; node is not null; node = node.Next)
        {
            if (IsSame(node.Value.Name, name))
            {
                _unread.Remove(node);
                return Task.FromResult(node.Value.Input);
            }
        }

        Wait wait = new(name, new TaskCompletionSource<string?>());
        _waits.Add(wait);
        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.Register(() =>
            {
                if (synchronization.RequireStep() && _waits.Remove(wait))
                {
                    wait.Source.SetCanceled(cancellationToken);
                }
            });
        }

        return wait.Source.Task;
    }

    private static bool IsSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private sealed record Wait(string Name, TaskCompletionSource<string?> Source);
}
