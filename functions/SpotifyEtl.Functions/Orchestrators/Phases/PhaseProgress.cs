using Microsoft.DurableTask;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Orchestrators.Phases;

/// <summary>Counts what a phase has done and shows it as the run's custom status.</summary>
internal sealed class PhaseProgress
{
    private readonly TaskOrchestrationContext _context;
    private readonly RunPhase _phase;
    private readonly List<DateTimeOffset> _waits = [];
    private int _total;
    private int _done;
    private int _failed;

    public PhaseProgress(TaskOrchestrationContext context, RunPhase phase, int total)
    {
        _context = context;
        _phase = phase;
        _total = total;
        Show();
    }

    /// <summary>There is more to do than was known so far.</summary>
    public void Expect(int more)
    {
        _total += more;
        Show();
    }

    public void Add(bool failed)
    {
        _failed += failed ? 1 : 0;
        Add(1);
    }

    public void Add(int done)
    {
        _done += done;
        Show();
    }

    /// <summary>Shows that something waits until a time, of several such times the first.</summary>
    public void BeginWait(DateTimeOffset until)
    {
        _waits.Add(until);
        Show();
    }

    /// <summary>The wait until this time is over.</summary>
    public void EndWait(DateTimeOffset until)
    {
        _waits.Remove(until);
        Show();
    }

    public void Show() => _context.SetCustomStatus(
        new RunProgress(_phase, _done, _total, _failed) { Deferred = _waits.Count, WaitsUntil = _waits.Count > 0 ? _waits.Min() : null });
}
