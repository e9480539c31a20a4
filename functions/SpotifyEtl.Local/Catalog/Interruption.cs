using DuckDB.NET.Data;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// Interrupts what DuckDB does for a command, from its cancellation until it is disposed of: again and again, since an interrupt that comes before a
/// statement begins is lost.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly DuckDBCommand _command;
    private readonly CancellationTokenRegistration _cancellation;
    private Timer? _timer;
    private bool _isOver;

    public Interruption(DuckDBCommand command, CancellationToken cancellationToken)
    {
        _command = command;
        _cancellation = cancellationToken.Register(Begin);
    }

    public void Dispose()
    {
        _cancellation.Unregister();
        lock (_gate)
        {
            _isOver = true;
            _timer?.Dispose();
        }
    }

    private void Begin()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _timer = new Timer(_ => Interrupt(), state: null, TimeSpan.Zero, s_again);
            }
        }
    }

    // A connection that is closed must not be interrupted any more.
    private void Interrupt()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _command.Cancel();
            }
        }
    }
}
