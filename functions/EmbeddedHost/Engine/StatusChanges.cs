using System.Collections.Concurrent;

namespace EmbeddedHost.Engine;

/// <summary>Tells those who wait that an instance's status has changed.</summary>
internal sealed class StatusChanges
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Completes with the next change of an instance of that id. Ask before looking what its status is.</summary>
    public Task Next(string instanceId) =>
        _waiting.GetOrAdd(instanceId, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Wakes all who wait, to look again: after a change, and when one of them gives up, so that nothing is kept of an id that nobody waits for.</summary>
    public void Announce(string instanceId)
    {
        if (_waiting.TryRemove(instanceId, out var waiting))
        {
            waiting.SetResult();
        }
    }
}
