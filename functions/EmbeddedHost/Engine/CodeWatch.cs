using System.Collections.Concurrent;
using System.Diagnostics;

namespace EmbeddedHost.Engine;

/// <summary>
/// Watches code of the app and gives up what runs longer than a limit. A thread cannot be stopped from outside: whoever hears of it lets
/// another work in its place. Nothing is given up while a debugger is attached.
/// </summary>
internal sealed class CodeWatch<TRun> : IDisposable
    where TRun : CodeRun
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<TRun, bool> _running = new();
    private readonly TimeSpan _limit;
    private readonly TimeProvider _clock;
    private readonly Action<TRun> _onGivenUp;
    private readonly ITimer? _timer;

    /// <param name="limit">How long code may run; <see cref="Timeout.InfiniteTimeSpan"/>: as long as it likes.</param>
    /// <param name="clock">What it is measured with.</param>
    /// <param name="onGivenUp">Called, on a thread of the clock's, with what was given up. Must be quick.</param>
    public CodeWatch(TimeSpan limit, TimeProvider clock, Action<TRun> onGivenUp)
    {
        _limit = limit;
        _clock = clock;
        _onGivenUp = onGivenUp;
        if (limit != Timeout.InfiniteTimeSpan)
        {
            var pause = limit / 8;
            pause = pause > s_longestPause ? s_longestPause : pause < s_shortestPause ? s_shortestPause : pause;
            _timer = clock.CreateTimer(_ => Look(), null, pause, pause);
        }
    }

    /// <summary>Begins to watch a run.</summary>
    public void Begin(TRun run)
    {
        if (_timer is not null)
        {
            run.StartedAt = _clock.GetTimestamp();
            _running.TryAdd(run, true);
        }
    }

    /// <summary>Ends a run.</summary>
    /// <returns>False when it was given up before.</returns>
    public bool End(TRun run)
    {
        if (_timer is not null)
        {
            _running.TryRemove(run, out _);
        }

        return run.TryEnd();
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        if (Debugger.IsAttached)
        {
            return;
        }

        foreach (var (run, _) in _running)
        {
            if (_clock.GetElapsedTime(run.StartedAt) >= _limit && run.TryGiveUp())
            {
                _running.TryRemove(run, out _);
                _onGivenUp(run);
            }
        }
    }
}
