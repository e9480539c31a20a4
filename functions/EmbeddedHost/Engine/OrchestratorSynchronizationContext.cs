namespace EmbeddedHost.Engine;

/// <summary>
/// Runs an orchestrator's continuations one after another, on the thread that drives its current step. A continuation that arrives
/// outside a step comes from a task that is not durable: it would not come again on replay.
/// </summary>
internal sealed class OrchestratorSynchronizationContext(Action onForeignContinuation) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _continuations = new();
    private volatile Thread? _stepThread;

    /// <summary>Whether the calling thread drives the current step. If not, it is said that the orchestrator's code goes on where it must not.</summary>
    public bool RequireStep()
    {
        if (_stepThread == Thread.CurrentThread)
        {
            return true;
        }

        onForeignContinuation();
        return false;
    }

    /// <summary>Runs an action and all continuations that follow from it.</summary>
    public void Run<TState>(Action<TState> action, TState state)
    {
        var outer = Current;
        _stepThread = Thread.CurrentThread;
        SetSynchronizationContext(this);
        try
        {
            action(state);
            Drain();
        }
        finally
        {
            SetSynchronizationContext(outer);
            _stepThread = null;
        }
    }

    /// <summary>Runs the continuations that wait, within a step.</summary>
    public void Drain()
    {
        while (_continuations.TryDequeue(out var next))
        {
            next.Callback(next.State);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (RequireStep())
        {
            _continuations.Enqueue((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("An orchestrator's code cannot be called from outside its steps.");

    public override SynchronizationContext CreateCopy() => this;
}
