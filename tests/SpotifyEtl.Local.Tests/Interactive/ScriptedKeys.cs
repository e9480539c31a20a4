using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Tests.Interactive;

/// <summary>Keys as a test presses them.</summary>
internal sealed class ScriptedKeys : IKeyboard
{
    private readonly Queue<ConsoleKeyInfo> _keys = [];

    public bool HasMore => false;

    public ScriptedKeys Type(string text)
    {
        foreach (var character in text)
        {
            _keys.Enqueue(character switch
            {
                '\n' => new ConsoleKeyInfo('\r', ConsoleKey.Enter, shift: false, alt: false, control: false),
                '\t' => new ConsoleKeyInfo('\t', ConsoleKey.Tab, shift: false, alt: false, control: false),
                _ => new ConsoleKeyInfo(character, ConsoleKey.None, shift: false, alt: false, control: false),
            });
        }

        return this;
    }

    public ScriptedKeys Press(params ReadOnlySpan<ConsoleKey> keys)
    {
        foreach (var key in keys)
        {
            _keys.Enqueue(new ConsoleKeyInfo('\0', key, shift: false, alt: false, control: false));
        }

        return this;
    }

    public ScriptedKeys Control(ConsoleKey key)
    {
        _keys.Enqueue(new ConsoleKeyInfo((char)(key - ConsoleKey.A + 1), key, shift: false, alt: false, control: true));
        return this;
    }

    public IDisposable TakeAllKeys() => new MemoryStream();

    public ConsoleKeyInfo Read() => _keys.TryDequeue(out var key) ? key : throw new InvalidOperationException("No key is pressed any more.");
}
