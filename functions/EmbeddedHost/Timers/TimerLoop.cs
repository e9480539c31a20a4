using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Timers;

/// <summary>
/// Runs one timer function whenever it is due, one run at a time. A due time is taken, on the disk, before the function is started
/// for it: it is never started twice, and lost only when the process dies between the two.
/// </summary>
internal sealed class TimerLoop(TimerFunction function, TimerRecords records, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);

    // Later than this, a due time has been missed: the machine slept or the clock was set forward.
    private static readonly TimeSpan s_late = TimeSpan.FromMinutes(1);

    private readonly ClockWait _wait = new(time);
    private volatile TimerRecord? _record;
    private volatile bool _isRunning;

    /// <summary>Whether the loop waits for its next due time.</summary>
    public bool IsWaiting => _wait.IsWaiting && !_isRunning;

    public ScheduledFunction Describe()
    {
        var record = Record;
        DateTimeOffset? lastStart = record.LastStart is { } last ? new DateTimeOffset(last) : null;
        return new ScheduledFunction(function.Name, record.Schedule, lastStart, new DateTimeOffset(record.NextDue), _isRunning);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private TimerRecord Record
    {
        get => _record ?? throw new InvalidOperationException($"The schedule of '{function.Name}' has not been read.");
        set => _record = value;
    }

    /// <summary>Takes up the schedule where the last host left it.</summary>
    public async Task BeginAsync()
    {
        var now = Now;
        var stored = function.IsMonitored ? records.Find(function.Name) : null;
        Record = TimerRecord.AtStart(stored, function.Name, function.ScheduleText, function.Schedule, now);
        if (stored?.IsFarAhead(now) is true)
        {
            TimerLog.ClockWasWrong(logger, function.Name, stored.UpdatedAt, now, Record.NextDue);
        }

        if (function.IsMonitored && Record != stored)
        {
            await records.WriteAsync(Record);
        }

        TimerLog.Scheduled(logger, function.Name, Record.Schedule, Record.NextDue);
    }

    /// <summary>Runs the function when it is due, until cancelled; then ends once the function has.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            var isPastDue = Record.NextDue < Now;
            if (function.RunOnStartup || isPastDue)
            {
                await TickAsync(function.RunOnStartup ? Cause.HostStart : Cause.MissedTick, stopping);
            }

            while (!stopping.IsCancellationRequested)
            {
                var isOverdue = Record.NextDue <= Now;
                await _wait.UntilAsync(Record.NextDue, Record.IsFarAhead, stopping);
                if (Record.IsFarAhead(Now))
                {
                    await BeginAfreshAsync(stopping);
                }
                else
                {
                    await TickAsync(!isOverdue && Now - Record.NextDue > s_late ? Cause.MissedTick : Cause.Tick, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    public void LogAbandoned() => TimerLog.Abandoned(logger, function.Name);

    public void Dispose() => _wait.Dispose();

    private async Task TickAsync(Cause cause, CancellationToken stopping)
    {
        var before = Record;
        TimerRecord after;
        do
        {
            var now = Now;
            after = cause is Cause.HostStart && now < before.NextDue ? before.Started(now) : before.Taken(function.Schedule, now);
        }
        while (!await TryWriteAsync(after, stopping));

        if (stopping.IsCancellationRequested && await TryHandBackAsync(before))
        {
            return;
        }

        Record = after;
        LogStart(cause, before.NextDue, after.NextDue);
        await InvokeAsync(new TimerTick(cause is Cause.MissedTick, StatusOf(before)), stopping);
    }

    private async Task BeginAfreshAsync(CancellationToken stopping)
    {
        var before = Record;
        var now = Now;
        var afresh = before.Afresh(function.Schedule, now);
        while (!await TryWriteAsync(afresh, stopping))
        {
        }

        Record = afresh;
        TimerLog.ClockWasWrong(logger, function.Name, before.UpdatedAt, now, afresh.NextDue);
    }

    private async Task<bool> TryWriteAsync(TimerRecord record, CancellationToken stopping)
    {
        if (!function.IsMonitored)
        {
            return true;
        }

        try
        {
            await records.WriteAsync(record);
            return true;
        }
#pragma warning disable CA1031 // Whatever kept the store from writing: the function must not start, and is still due.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TimerLog.NotTaken(logger, function.Name, Record.NextDue, s_retryDelay, exception);
            await _wait.UntilAsync(Now + s_retryDelay, static _ => false, stopping);
            return false;
        }
    }

    private async Task<bool> TryHandBackAsync(TimerRecord before)
    {
        if (!function.IsMonitored)
        {
            return true;
        }

        try
        {
            await records.WriteAsync(before);
            TimerLog.HandedBack(logger, function.Name, before.NextDue);
            return true;
        }
#pragma warning disable CA1031 // The due time stays taken: it is for this host to start the function.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private async Task InvokeAsync(TimerTick tick, CancellationToken stopping)
    {
        var start = time.GetTimestamp();
        _isRunning = true;
        try
        {
            // A function may block before its first await: not on the thread that other timers wait for.
            await Task.Run(() => function.InvokeAsync(tick, stopping), CancellationToken.None);
            TimerLog.Ended(logger, function.Name, time.GetElapsedTime(start).TotalMilliseconds);
        }
#pragma warning disable CA1031 // Whatever the function throws, its schedule goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TimerLog.Failed(logger, function.Name, time.GetElapsedTime(start).TotalMilliseconds, exception);
        }
        finally
        {
            _isRunning = false;
        }
    }

    private TimerTickStatus? StatusOf(TimerRecord before)
    {
        var last = before.LastStart ?? DateTime.SpecifyKind(default, DateTimeKind.Utc);
        return function.IsMonitored ? new TimerTickStatus(last, before.NextDue, last) : null;
    }

    private void LogStart(Cause cause, DateTime due, DateTime next)
    {
        switch (cause)
        {
            case Cause.HostStart:
                TimerLog.StartedWithHost(logger, function.Name);
                break;
            case Cause.MissedTick:
                TimerLog.StartedPastDue(logger, function.Name, due, next);
                break;
            default:
                TimerLog.Started(logger, function.Name, due);
                break;
        }
    }

    private enum Cause
    {
        Tick,
        MissedTick,
        HostStart,
    }
}
