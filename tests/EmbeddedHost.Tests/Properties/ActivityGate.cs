namespace EmbeddedHost.Tests.Properties;

/// <summary>Where the activities of one life of an engine wait until the test lets them end.</summary>
internal sealed class ActivityGate
{
    private readonly Lock _gate = new();
    private readonly List<(string Path, TaskCompletionSource<bool> Fails)> _waiting = [];

    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <returns>Whether it shall fail.</returns>
    public Task<bool> ArriveAsync(string path)
    {
        TaskCompletionSource<bool> fails = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((path, fails));
        }

        return fails.Task;
    }

    /// <summary>Lets the activity of that path end.</summary>
    public void Release(string path, bool fails)
    {
        lock (_gate)
        {
            var found = Assert.Single(_waiting, waiting => waiting.Path == path);
            _waiting.Remove(found);
            found.Fails.SetResult(fails);
        }
    }
}
