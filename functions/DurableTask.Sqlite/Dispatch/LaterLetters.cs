using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>The messages that are not due yet. A start follows the system's clock, a timer the clock of durations.</summary>
internal sealed class LaterLetters : IDisposable
{
    private readonly Schedule<Letter> _starts;
    private readonly Schedule<Letter> _timers;

    /// <param name="time">The system's clock, whose timers wake it.</param>
    /// <param name="clock">The clock of durations.</param>
    /// <param name="isDue">Called with what is due.</param>
    public LaterLetters(TimeProvider time, SteadyClock clock, Action<Letter> isDue)
    {
        _starts = new Schedule<Letter>(time, () => Ticks.Of(time.GetUtcNow()), isDue);
        _timers = new Schedule<Letter>(time, () => clock.Now, isDue);
    }

    /// <summary>Whether a message is due later than the clock of durations shows.</summary>
    /// <param name="letter">The message.</param>
    /// <param name="setAhead">How far that clock was ahead of the system's when the message's time was set, in ticks.</param>
    /// <param name="clock">What it shows, and how far it is ahead now.</param>
    public static bool Includes(Letter letter, long setAhead, (long Now, long Ahead) clock) => letter.IsStart
        ? letter.VisibleAt > clock.Now - clock.Ahead
        : letter.VisibleAt + setAhead > clock.Now;

    /// <summary>Keeps a message until it is due.</summary>
    public void Add(Letter letter, long setAhead)
    {
        if (letter.IsStart)
        {
            _starts.Add(letter, letter.VisibleAt);
        }
        else
        {
            _timers.Add(letter, letter.VisibleAt + setAhead);
        }
    }

    public void Dispose()
    {
        _starts.Dispose();
        _timers.Dispose();
    }
}
