using System.Text.Json;
using EmbeddedHost.Hosting;

namespace EmbeddedHost.Store;

/// <summary>
/// The folder that holds a host's state, held by one process at a time: host.lock is locked as long as the process lives, however it
/// ends, and host.holder says who that is.
/// </summary>
internal sealed class StateFolder : IDisposable
{
    private const string Advice = "Give the user of this program write access to it, or choose another state folder.";

    private readonly FileStream _lock;
    private StateFolderHolder _holder;

    private StateFolder(string path, FileStream lockStream, StateFolderHolder holder)
    {
        Path = path;
        _lock = lockStream;
        _holder = holder;
    }

    public string Path { get; }

    public string StorePath => System.IO.Path.Combine(Path, "history.db");

    /// <summary>Takes the folder, making it if need be, for its owner alone: histories hold what runs were asked for and answered.</summary>
    /// <exception cref="StateFolderHeldException">Another process holds it.</exception>
    /// <exception cref="EmbeddedHostException">It cannot be written.</exception>
    public static StateFolder Take(string path, TimeProvider time)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Make(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedHostException($"The state folder {full} cannot be made: {exception.Message} {Advice}", exception);
        }

        FileStream? stream = null;
        try
        {
            stream = new FileStream(System.IO.Path.Combine(full, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            StateFolderHolder holder = new(Environment.ProcessId, Environment.MachineName, time.GetUtcNow(), Address: null);
            WriteHolder(full, holder);
            return new StateFolder(full, stream, holder);
        }
        catch (IOException exception) when (stream is null && IsHeld(exception) && File.Exists(HolderPath(full)))
        {
            throw new StateFolderHeldException(full, ReadHolder(full), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw new EmbeddedHostException($"The state folder {full} cannot be used: {exception.Message} {Advice}", exception);
        }
    }

    /// <summary>Tells other processes where this one listens.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Announce(Uri address) => WriteHolder(Path, _holder = _holder with { Address = address });

    public void Dispose() => _lock.Dispose();

    // A sharing violation on Windows, EWOULDBLOCK on Linux and on macOS. An old host.holder says nothing when the folder just cannot be written.
    private static bool IsHeld(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;

    private static string HolderPath(string folder) => System.IO.Path.Combine(folder, "host.holder");

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(Directory.GetParent(path)!.FullName);
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void WriteHolder(string folder, StateFolderHolder holder) =>
        File.WriteAllText(HolderPath(folder), JsonSerializer.Serialize(holder, JsonSerializerOptions.Web));

    private static StateFolderHolder? ReadHolder(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<StateFolderHolder>(File.ReadAllBytes(HolderPath(folder)), JsonSerializerOptions.Web);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
