namespace SpotifyEtl.Local.Terminal;

/// <summary>The keys that somebody presses.</summary>
internal interface IKeyboard
{
    /// <summary>Whether another key is there already, as where text was pasted.</summary>
    bool HasMore { get; }

    /// <summary>Has Ctrl+C be a key like others, until it is disposed of.</summary>
    IDisposable TakeAllKeys();

    /// <summary>Waits for the next key, which is not shown.</summary>
    ConsoleKeyInfo Read();
}
