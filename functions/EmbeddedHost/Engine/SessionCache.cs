namespace EmbeddedHost.Engine;

/// <summary>Keeps the orchestrations that took a step most recently in memory, up to a number.</summary>
internal sealed class SessionCache(int capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<LiveInstance> _order = new();
    private readonly Dictionary<LiveInstance, LinkedListNode<LiveInstance>> _nodes = [];

    /// <summary>Takes an instance out for a step, with its session if that is still here.</summary>
    public OrchestrationSession? Take(LiveInstance instance)
    {
        lock (_gate)
        {
            if (_nodes.Remove(instance, out var node))
            {
                _order.Remove(node);
            }

            return instance.Session;
        }
    }

    /// <summary>Puts an instance back after a step; the one that rested longest may lose its session for it.</summary>
    public void Return(LiveInstance instance)
    {
        lock (_gate)
        {
            _nodes[instance] = _order.AddLast(instance);
            while (_order.Count > capacity)
            {
                var oldest = _order.First!;
                oldest.Value.Session = null;
                _nodes.Remove(oldest.Value);
                _order.RemoveFirst();
            }
        }
    }
}
