namespace DurableTask.Sqlite.Store;

/// <summary>A write that waits for its transaction.</summary>
internal abstract class QueuedWrite(long queuedAt)
{
    /// <summary>When it was queued, as a timestamp of the time provider.</summary>
    public long QueuedAt => queuedAt;

    public abstract void Apply(StoreWriter writer);

    /// <summary>Tells its caller, after the commit.</summary>
    public abstract void Complete();

    /// <summary>Tells its caller that nothing is written.</summary>
    public abstract void Fail(Exception exception);
}

internal sealed class QueuedWrite<T>(Func<StoreWriter, T> write, Action<T>? committed, long queuedAt) : QueuedWrite(queuedAt)
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _source.Task;

    public override void Apply(StoreWriter writer) => _result = write(writer);

    public override void Complete()
    {
        try
        {
            committed?.Invoke(_result);
            _source.TrySetResult(_result);
        }
#pragma warning disable CA1031 // The writing thread serves everybody; what is committed stands.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _source.TrySetException(exception);
        }
    }

    public override void Fail(Exception exception) => _source.TrySetException(exception);
}
