using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SpotifyEtl.Local.Terminal;

/// <summary>
/// Ctrl+C and what service managers send: the first asks what runs to end, and ends the process after a while if it does not; a second Ctrl+C ends
/// the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const int ByInterrupt = 130;
    private const int ByTermination = 143;

    // What runs when a process exits may wait for what does not end.
    private static readonly TimeSpan s_exitPatience = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly Interrupts _interrupts;
    private readonly PosixSignalRegistration[] _registrations;
    private ITimer? _patience;
    private int _signals;

    /// <param name="time">The time.</param>
    /// <param name="interrupts">Asked first at each Ctrl+C.</param>
    public StopSignals(TimeProvider time, Interrupts interrupts)
    {
        _time = time;
        _interrupts = interrupts;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => OnSignal(signal, ByInterrupt)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => OnSignal(signal, ByTermination)),
        ];
    }

    /// <summary>Cancelled when the process is asked to end.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>How long it may take to end by itself.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _patience?.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext signal, int exitCode)
    {
        signal.Cancel = true;
        if (signal.Signal is PosixSignal.SIGINT && _interrupts.TryRaise())
        {
            return;
        }

        if (Interlocked.Increment(ref _signals) > 1)
        {
            if (signal.Signal is PosixSignal.SIGINT)
            {
                End(exitCode);
            }

            return;
        }

        _patience = _time.CreateTimer(_ => End(exitCode), state: null, Patience, Timeout.InfiniteTimeSpan);
        _stop.Cancel();
    }

    private static void End(int exitCode)
    {
        using Timer last = new(_ => Process.GetCurrentProcess().Kill(), state: null, s_exitPatience, Timeout.InfiniteTimeSpan);
        Environment.Exit(exitCode);
    }
}
