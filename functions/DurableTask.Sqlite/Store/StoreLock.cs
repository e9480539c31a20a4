using System.Diagnostics;
using System.Text.Json;

namespace DurableTask.Sqlite.Store;

/// <summary>
/// One process a database: <c>.lock</c> is locked as long as the process lives, however it ends, and <c>.holder</c> says who that is.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    // Between taking the lock and telling so a process needs no longer, unless it was stopped just there.
    private const int Attempts = 100;

    private readonly string _path;
    private readonly FileStream _lock;
    private StoreHolder _holder;

    private StoreLock(string path, FileStream lockStream, StoreHolder holder)
    {
        _path = path;
        _lock = lockStream;
        _holder = holder;
    }

    /// <summary>Takes a database, making its folder if need be, for its owner alone: histories hold what orchestrations were asked for and answered.</summary>
    /// <exception cref="StoreHeldException">Another process holds it.</exception>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made or written.</exception>
    public static async Task<StoreLock> TakeAsync(string path, TimeProvider time)
    {
        Make(Path.GetDirectoryName(path)!);
        for (var attempt = 1; ; attempt++)
        {
            IOException held;
            try
            {
                FileStream stream = new(LockPath(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                StoreHolder holder = new(Environment.ProcessId, Environment.MachineName, time.GetUtcNow(), Address: null);
                try
                {
                    WriteHolder(path, holder);
                }
                catch
                {
                    await stream.DisposeAsync();
                    throw;
                }

                return new StoreLock(path, stream, holder);
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                held = exception;
            }

            var told = ReadHolder(path);
            if (attempt == Attempts || (told is not null && IsAlive(told)))
            {
                throw new StoreHeldException(path, told, held);
            }

            // It has just begun and not told yet, or what is told is of one that was killed.
            await Task.Delay(s_pause, TimeProvider.System);
        }
    }

    /// <summary>Who holds a database now, or null when nobody does.</summary>
    public static StoreHolder? Find(string path)
    {
        try
        {
            // Shared, so that two who look do not take each other for the holder.
            using FileStream stream = new(LockPath(path), FileMode.Open, FileAccess.Read, FileShare.Read);
            return null;
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return ReadHolder(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Tells other processes where this one listens.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Announce(Uri address) => WriteHolder(_path, _holder = _holder with { Address = address });

    public void Dispose()
    {
        try
        {
            File.Delete(HolderPath(_path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody believes it without the lock.
        }

        _lock.Dispose();
    }

    private static string LockPath(string path) => path + ".lock";

    private static string HolderPath(string path) => path + ".holder";

    // A sharing violation on Windows, EWOULDBLOCK on Linux and on macOS.
    private static bool IsHeld(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;

    private static bool IsAlive(StoreHolder holder)
    {
        if (holder.Machine != Environment.MachineName)
        {
            return true;
        }

        try
        {
            using var process = Process.GetProcessById(holder.ProcessId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(Directory.GetParent(folder)!.FullName);
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // Renamed into place: a reader sees all of it or none.
    private static void WriteHolder(string path, StoreHolder holder)
    {
        var draft = HolderPath(path) + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(holder, JsonSerializerOptions.Web));
        File.Move(draft, HolderPath(path), overwrite: true);
    }

    private static StoreHolder? ReadHolder(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<StoreHolder>(File.ReadAllBytes(HolderPath(path)), JsonSerializerOptions.Web);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
