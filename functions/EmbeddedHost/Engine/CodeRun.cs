namespace EmbeddedHost.Engine;

/// <summary>One run of the app's code. It ends, or is given up for running too long; whichever comes first is the only one.</summary>
internal abstract class CodeRun
{
    private const int Running = 0;
    private const int Ended = 1;
    private const int GivenUp = 2;

    private int _state;

    /// <summary>When it began, as a timestamp of the clock that it is measured with.</summary>
    public long StartedAt { get; set; }

    /// <summary>Whether it was given up.</summary>
    public bool IsGivenUp => Volatile.Read(ref _state) == GivenUp;

    /// <summary>Says that the code has given control back.</summary>
    /// <returns>False when it was given up before: its result has no say any more, and another works in its place.</returns>
    public bool TryEnd() => Interlocked.CompareExchange(ref _state, Ended, Running) == Running;

    /// <summary>Gives it up.</summary>
    /// <returns>False when it has ended.</returns>
    public bool TryGiveUp() => Interlocked.CompareExchange(ref _state, GivenUp, Running) == Running;
}
