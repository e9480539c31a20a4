namespace DurableTask.Sqlite.Dispatch;

/// <summary>Callers that wait for instances to end.</summary>
internal sealed class Completions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);

    /// <summary>Begins a wait for what completes when an instance next ends, or is removed. To be ended by <see cref="Leave"/>.</summary>
    public Task Join(string instanceId)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(instanceId, out var waiting))
            {
                _waiting.Add(instanceId, waiting = new Waiting());
            }

            waiting.Count++;
            return waiting.Source.Task;
        }
    }

    public void Leave(string instanceId, Task joined)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(instanceId, out var waiting) && waiting.Source.Task == joined && --waiting.Count == 0)
            {
                _waiting.Remove(instanceId);
            }
        }
    }

    public void Tell(IEnumerable<string> instanceIds)
    {
        lock (_gate)
        {
            foreach (var id in instanceIds)
            {
                if (_waiting.Remove(id, out var waiting))
                {
                    waiting.Source.TrySetResult();
                }
            }
        }
    }

    /// <summary>Tells everybody to look again.</summary>
    public void TellAll()
    {
        lock (_gate)
        {
            foreach (var waiting in _waiting.Values)
            {
                waiting.Source.TrySetResult();
            }

            _waiting.Clear();
        }
    }

    private sealed class Waiting
    {
        public TaskCompletionSource Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Count { get; set; }
    }
}
