namespace DurableTask.Sqlite.Dispatch;

/// <summary>How many work items are with dispatchers, and when there are none.</summary>
internal sealed class WorkInFlight
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _none = Ended();
    private int _count;

    /// <summary>Ends when no work item is out; what is taken afterwards makes no difference to it.</summary>
    public Task None
    {
        get
        {
            lock (_gate)
            {
                return _none.Task;
            }
        }
    }

    public void Begin()
    {
        lock (_gate)
        {
            if (_count++ == 0)
            {
                _none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public void End()
    {
        lock (_gate)
        {
            if (--_count == 0)
            {
                _none.SetResult();
            }
        }
    }

    private static TaskCompletionSource Ended()
    {
        TaskCompletionSource ended = new();
        ended.SetResult();
        return ended;
    }
}
