namespace SpotifyEtl.Local.Terminal;

/// <summary>The keyboard of the terminal that this process was started from.</summary>
internal sealed class ConsoleKeyboard : IKeyboard
{
    public bool HasMore => Console.KeyAvailable;

    public IDisposable TakeAllKeys()
    {
        Console.TreatControlCAsInput = true;
        return new Usual();
    }

    public ConsoleKeyInfo Read() => Console.ReadKey(intercept: true);

    private sealed class Usual : IDisposable
    {
        public void Dispose() => Console.TreatControlCAsInput = false;
    }
}
