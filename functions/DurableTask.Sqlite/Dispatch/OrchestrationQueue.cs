using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>
/// The messages that wait for orchestrations, in memory beside the database, and the locks on instances: one dispatcher at a time.
/// </summary>
internal sealed partial class OrchestrationQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Mailbox> _mailboxes = [];
    private readonly HashSet<CancellationToken> _dispatchers = [];
    private readonly IdleSessions _idle = new();
    private readonly FetchQueue<Mailbox> _ready = new();
    private readonly LaterLetters _later;
    private readonly Schedule<Mailbox> _abandoned;
    private readonly SteadyClock _clock;
    private readonly RunningNote _note;
    private readonly Backoff _backoff;
    private readonly WorkInFlight _inFlight;
    private readonly int _maxHeld;
    private bool _isStopped;
    private int _held;

    public OrchestrationQueue(TimeProvider time, SteadyClock clock, RunningNote note, WorkInFlight inFlight, SqliteOrchestrationServiceOptions options)
    {
        _clock = clock;
        _note = note;
        _inFlight = inFlight;
        _backoff = new Backoff(options.AbandonDelay);
        _maxHeld = options.MaxConcurrentTaskOrchestrationWorkItems;
        _later = new LaterLetters(time, clock, letter => Locked(() => BecomesDue(letter)));
        _abandoned = new Schedule<Mailbox>(time, () => clock.Now, mailbox => Locked(() => Offer(mailbox)));
    }

    /// <summary>Whether no instance is locked or waits to be.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _held == 0 && !_ready.HasItems;
            }
        }
    }

    /// <summary>Takes in what transactions brought about, in their order.</summary>
    public void Take(Postings postings)
    {
        lock (_gate)
        {
            foreach (var key in postings.Removed.Concat(postings.Ended))
            {
                if (_mailboxes.Remove(key, out var closed))
                {
                    closed.Close();
                    _idle.End(closed, goesOn: false);
                }
            }

            foreach (var (key, executionId) in postings.Renewed)
            {
                _mailboxes.GetValueOrDefault(key)?.Renew(executionId);
            }

            var clock = _clock.Read();
            foreach (var letter in postings.Letters)
            {
                var mailbox = MailboxOf(letter.Recipient);
                if (LaterLetters.Includes(letter, postings.ClockAhead, clock))
                {
                    mailbox.AddLater(letter);
                    _later.Add(letter, postings.ClockAhead);
                }
                else
                {
                    mailbox.Add(letter);
                    Offer(mailbox);
                }
            }
        }
    }

    /// <summary>Waits for an instance that can be worked on, and locks it.</summary>
    /// <returns>A work item with the instance's messages, and no history yet; null when the time is up, or the queue is stopped.</returns>
    public async Task<OrchestrationWorkItem?> LockNextAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            while (_ready.TryTake(out var mailbox))
            {
                lock (_gate)
                {
                    mailbox.IsQueued = false;
                    if (mailbox is { IsClosed: false, Holder: null, HasWork: true })
                    {
                        return Hold(mailbox, cancellationToken);
                    }
                }
            }

            if (!await _ready.WaitAsync(timeout, cancellationToken))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Gives a session the messages that came, waiting for them for a time.</summary>
    /// <returns>False when the session should end.</returns>
    public async Task<bool> FetchNextAsync(OrchestrationWorkItem workItem, TimeSpan idleTimeout)
    {
        var mailbox = workItem.Mailbox;
        Task<bool> comes;
        lock (_gate)
        {
            if (mailbox.Holder != workItem || mailbox.IsClosed || _isStopped || workItem.Dispatching.IsCancellationRequested)
            {
                return false;
            }

            if (mailbox.HasWork)
            {
                TakeNext(workItem);
                return true;
            }

            comes = _idle.Begin(mailbox);
            MakeRoom();
        }

        // The machine's time, whatever clock the timers follow.
        await using var timer = TimeProvider.System.CreateTimer(
            _ => Locked(() => _idle.End(mailbox, goesOn: false)), state: null, idleTimeout, Timeout.InfiniteTimeSpan);
        return await comes;
    }

    /// <summary>Forgets the messages that a checkpoint has taken up.</summary>
    public void Complete(OrchestrationWorkItem workItem)
    {
        lock (_gate)
        {
            workItem.Taken = [];
            workItem.Checkpoints++;
            workItem.Mailbox.Abandonments = 0;
            ClearNote(workItem);
        }
    }

    /// <summary>Gives back the messages that no checkpoint has taken up, and the lock.</summary>
    /// <param name="workItem">The work item.</param>
    /// <param name="isAbandoned">Whether it is to wait before the next try, unless it had come some way.</param>
    public void Release(OrchestrationWorkItem workItem, bool isAbandoned)
    {
        lock (_gate)
        {
            var mailbox = workItem.Mailbox;
            ClearNote(workItem);
            if (mailbox.Holder != workItem)
            {
                return;
            }

            mailbox.Holder = null;
            _held--;
            _inFlight.End();
            mailbox.Return(workItem.Taken);
            workItem.Taken = [];
            if (isAbandoned && workItem.Checkpoints == 0)
            {
                mailbox.Abandonments++;
                mailbox.NotBefore = _clock.Now + _backoff.After(mailbox.Abandonments).Ticks;
            }

            Offer(mailbox);
            if (mailbox is { IsEmpty: true, IsClosed: false })
            {
                _mailboxes.Remove(mailbox.Key);
            }
        }
    }

    /// <summary>Lets dispatchers wait for work, and what was abandoned be tried again now.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _isStopped = false;
            _ready.Start();
            foreach (var mailbox in _mailboxes.Values.Where(mailbox => mailbox.NotBefore > 0))
            {
                mailbox.NotBefore = 0;
                mailbox.Abandonments = 0;
                Offer(mailbox);
            }
        }
    }

    /// <summary>Sends dispatchers and idle sessions away.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            _ready.Stop();
            _idle.EndAll();
        }
    }

    public void Dispose()
    {
        Stop();
        _later.Dispose();
        _abandoned.Dispose();
    }

    // A dispatcher that is stopped cancels its fetches, and then waits until no work item is left: idle sessions must not keep it.
    private void Watch(CancellationToken cancellationToken)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = cancellationToken.CanBeCanceled && _dispatchers.Add(cancellationToken);
        }

        if (isNew)
        {
            cancellationToken.Register(() => Locked(() =>
            {
                _dispatchers.Remove(cancellationToken);
                _idle.EndAll();
            }));
        }
    }

    private void Locked(Action action)
    {
        lock (_gate)
        {
            action();
        }
    }
}
