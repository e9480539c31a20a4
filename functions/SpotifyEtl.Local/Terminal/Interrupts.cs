namespace SpotifyEtl.Local.Terminal;

/// <summary>Ctrl+C that ends what is under way, and not the program.</summary>
internal sealed class Interrupts
{
    private Action? _taken;

    /// <summary>Has an action take every Ctrl+C until it is disposed of.</summary>
    public IDisposable Take(Action action)
    {
        _taken = action;
        return new Taking(this);
    }

    /// <summary>Tells of one; false: nobody takes it.</summary>
    public bool TryRaise()
    {
        var action = _taken;
        action?.Invoke();
        return action is not null;
    }

    private sealed class Taking(Interrupts interrupts) : IDisposable
    {
        public void Dispose() => interrupts._taken = null;
    }
}
