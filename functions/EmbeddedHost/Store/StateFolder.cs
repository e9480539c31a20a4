using System.Globalization;

namespace EmbeddedHost.Store;

/// <summary>
/// The folder that holds a host's state, held by one process at a time: host.lock is locked as long as the process lives, however it
/// ends, and host.holder says who that is.
/// </summary>
internal sealed class StateFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _holder;

    private StateFolder(string path, FileStream lockStream, string holder)
    {
        Path = path;
        _lock = lockStream;
        _holder = holder;
        Write(holder);
    }

    private const string Advice = "Give the user of this program write access to it, or choose another state folder.";

    public string Path { get; }

    public string StorePath => System.IO.Path.Combine(Path, "history.db");

    /// <summary>Takes the folder, making it if need be.</summary>
    /// <exception cref="EmbeddedHostException">Another process holds it, or it cannot be written.</exception>
    public static StateFolder Take(string path, TimeProvider time)
    {
        var full = System.IO.Path.GetFullPath(path);
        var holderPath = System.IO.Path.Combine(full, "host.holder");
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedHostException($"The state folder {full} cannot be made: {exception.Message} {Advice}", exception);
        }

        FileStream? stream = null;
        try
        {
            stream = new FileStream(System.IO.Path.Combine(full, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new StateFolder(
                full,
                stream,
                string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName} since {time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}"));
        }
        catch (IOException exception) when (stream is null && IsHeld(exception) && Holder(holderPath) is { Length: > 0 } holder)
        {
            throw new EmbeddedHostException($"The state folder {full} is held by {holder}. Wait until it ends, stop it, or use another state folder.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw new EmbeddedHostException($"The state folder {full} cannot be used: {exception.Message} {Advice}", exception);
        }
    }

    /// <summary>Lets others know where the holder can be reached.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Announce(Uri address) => Write($"{_holder}, listening on {address.GetLeftPart(UriPartial.Authority)}");

    public void Dispose() => _lock.Dispose();

    // A sharing violation on Windows, EWOULDBLOCK on Linux and on macOS. An old host.holder says nothing when the folder just cannot be written.
    private static bool IsHeld(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;

    private void Write(string holder) => File.WriteAllText(System.IO.Path.Combine(Path, "host.holder"), holder + "\n");

    private static string? Holder(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
