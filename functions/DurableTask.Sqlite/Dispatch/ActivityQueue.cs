using System.Globalization;
using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>The activities that wait for a worker, in memory beside the database, in the order in which they were scheduled.</summary>
internal sealed class ActivityQueue : IDisposable
{
    private readonly FetchQueue<QueuedActivity> _ready = new();
    private readonly Dictionary<long, HashSet<QueuedActivity>> _byInstance = [];
    private readonly Schedule<QueuedActivity> _abandoned;
    private readonly SteadyClock _clock;
    private readonly RunningNote _note;
    private readonly WorkInFlight _inFlight;
    private readonly Backoff _backoff;
    private readonly int _maxHeld;
    private readonly Lock _gate = new();
    private CancellationToken _dispatching;

    public ActivityQueue(TimeProvider time, SteadyClock clock, RunningNote note, WorkInFlight inFlight, SqliteOrchestrationServiceOptions options)
    {
        _clock = clock;
        _note = note;
        _inFlight = inFlight;
        _backoff = new Backoff(options.AbandonDelay);
        _maxHeld = options.MaxConcurrentTaskActivityWorkItems;
        _abandoned = new Schedule<QueuedActivity>(time, () => clock.Now, _ready.Add);
    }

    /// <summary>Whether the dispatcher that fetched last is being stopped.</summary>
    public bool IsStopping => _dispatching.IsCancellationRequested || _ready.IsStopped;

    /// <summary>Whether more activities wait than are run at once.</summary>
    public bool IsBehind => _ready.Count > _maxHeld;

    /// <summary>Takes in what transactions brought about, in their order.</summary>
    public void Take(Postings postings)
    {
        lock (_gate)
        {
            foreach (var key in postings.Removed)
            {
                if (_byInstance.Remove(key, out var removed))
                {
                    foreach (var activity in removed)
                    {
                        activity.IsDiscarded = true;
                    }
                }
            }

            foreach (var activity in postings.Activities)
            {
                if (!_byInstance.TryGetValue(activity.InstanceKey, out var siblings))
                {
                    _byInstance.Add(activity.InstanceKey, siblings = []);
                }

                siblings.Add(activity);
                _ready.Add(activity);
            }
        }
    }

    /// <summary>Waits for an activity.</summary>
    /// <returns>Null when the time is up, or the queue is stopped.</returns>
    public async Task<ActivityWorkItem?> LockNextAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _dispatching = cancellationToken;
        while (!cancellationToken.IsCancellationRequested)
        {
            while (_ready.TryTake(out var activity))
            {
                if (!activity.IsDiscarded)
                {
                    _inFlight.Begin();
                    return new ActivityWorkItem
                    {
                        Id = activity.Id.ToString(CultureInfo.InvariantCulture),
                        LockedUntilUtc = DateTime.MaxValue,
                        TaskMessage = activity.Message,
                        Activity = activity,
                        NoteSlot = _note.Take(activity.Id),
                    };
                }
            }

            if (!await _ready.WaitAsync(timeout, cancellationToken))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Forgets an activity that has a result.</summary>
    public void Complete(ActivityWorkItem workItem)
    {
        Settle(workItem);
        lock (_gate)
        {
            if (_byInstance.TryGetValue(workItem.Activity.InstanceKey, out var siblings) && siblings.Remove(workItem.Activity) && siblings.Count == 0)
            {
                _byInstance.Remove(workItem.Activity.InstanceKey);
            }
        }
    }

    /// <summary>Offers an activity again.</summary>
    /// <param name="workItem">The activity.</param>
    /// <param name="isLater">Whether it waits for a while, the longer the more often it was delivered.</param>
    public void Return(ActivityWorkItem workItem, bool isLater)
    {
        if (!Settle(workItem))
        {
            return;
        }

        if (isLater)
        {
            _abandoned.Add(workItem.Activity, _clock.Now + _backoff.After(Math.Max(1, workItem.Activity.Deliveries)).Ticks);
        }
        else
        {
            _ready.Add(workItem.Activity);
        }
    }

    public void Start() => _ready.Start();

    public void Stop() => _ready.Stop();

    public void Dispose()
    {
        Stop();
        _abandoned.Dispose();
    }

    private bool Settle(ActivityWorkItem workItem)
    {
        lock (_gate)
        {
            if (workItem.IsSettled)
            {
                return false;
            }

            workItem.IsSettled = true;
            _note.Clear(workItem.NoteSlot);
            _inFlight.End();
            return true;
        }
    }
}
