namespace DurableTask.Sqlite.Dispatch;

/// <summary>Sessions that wait for their next message, the one idle for longest first. Used under their queue's lock only.</summary>
internal sealed class IdleSessions
{
    private readonly LinkedList<Mailbox> _idle = [];

    /// <returns>Completes with true when there is a message, with false when the session should end.</returns>
    public Task<bool> Begin(Mailbox mailbox)
    {
        mailbox.IdleSession = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _idle.AddLast(mailbox);
        return mailbox.IdleSession.Task;
    }

    /// <summary>Lets the session of an instance go on, or end, if it has one that is idle.</summary>
    public void End(Mailbox mailbox, bool goesOn)
    {
        if (mailbox.IdleSession is { } session)
        {
            mailbox.IdleSession = null;
            _idle.Remove(mailbox);
            session.TrySetResult(goesOn);
        }
    }

    public void EndLongest()
    {
        if (_idle.First is { } longest)
        {
            End(longest.Value, goesOn: false);
        }
    }

    public void EndAll()
    {
        while (_idle.Count > 0)
        {
            EndLongest();
        }
    }
}
