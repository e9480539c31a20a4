using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace DurableTask.Sqlite.Store;

/// <summary>
/// A small file beside the database for as long as a process has that open: the number of its last commit, and what it is working on.
/// Written without waiting for the disk, so it costs next to nothing and outlives a killed process, though not always a machine.
/// </summary>
internal sealed class RunningNote : IDisposable
{
    private const int Slots = 1023;
    private const int Size = (Slots + 1) * sizeof(long);

    private readonly string _path;
    private readonly Stack<int> _free = new(Enumerable.Range(1, Slots).Reverse());
    private readonly SafeFileHandle _file;

    private RunningNote(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Reads what a process that was killed left: its last commit, and what it was working on.</summary>
    public static (long LastCommit, IReadOnlyList<long> Work)? ReadLeft(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        if (bytes.Length != Size)
        {
            return (0, []);
        }

        var numbers = Enumerable.Range(0, Slots + 1).Select(slot => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(slot * sizeof(long)))).ToList();
        return (numbers[0], [.. numbers.Skip(1).Where(work => work != 0)]);
    }

    /// <summary>Begins a new one.</summary>
    public static RunningNote Begin(string path)
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        RandomAccess.Write(file, new byte[Size], 0);
        RandomAccess.SetLength(file, Size);
        return new RunningNote(path, file);
    }

    public void Committed(long number) => Write(0, number);

    /// <summary>Notes that something is worked on.</summary>
    /// <returns>What to give <see cref="Clear"/>; 0 when there is no room for a note.</returns>
    public int Take(long work)
    {
        int slot;
        lock (_free)
        {
            if (!_free.TryPop(out slot))
            {
                return 0;
            }
        }

        Write(slot, work);
        return slot;
    }

    public void Clear(int slot)
    {
        if (slot == 0)
        {
            return;
        }

        Write(slot, 0);
        lock (_free)
        {
            _free.Push(slot);
        }
    }

    /// <summary>Ends it: all that was committed is in the database, and nothing is worked on.</summary>
    public void End()
    {
        _file.Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then the next process finds a note that is true.
        }
    }

    public void Dispose() => _file.Dispose();

    private void Write(int slot, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        try
        {
            RandomAccess.Write(_file, bytes, slot * sizeof(long));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // A note is a help, not a promise.
        }
    }
}
