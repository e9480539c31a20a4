using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Worker;

/// <summary>
/// Notes the worker's process in the state folder: a worker does not end with a host that is killed, and would go on beside its successor with
/// what that one repeats. Whoever takes the folder next ends it.
/// </summary>
internal sealed class OutlivedWorker(string stateFolder)
{
    // A process's start is counted from the machine's, which is read a little differently each time.
    private static readonly TimeSpan s_sameStart = TimeSpan.FromSeconds(2);

    private readonly string _path = Path.Combine(stateFolder, "worker.pid");

    /// <summary>Notes a process that was started.</summary>
    public void Note(Process process)
    {
        try
        {
            File.WriteAllText(_path, string.Create(CultureInfo.InvariantCulture, $"{process.Id} {process.StartTime.ToUniversalTime().Ticks}"));
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }

    /// <summary>Forgets it, once it has ended.</summary>
    public void Forget() => File.Delete(_path);

    /// <summary>Ends the one that was noted by a host that is no more.</summary>
    public void End(ILogger logger)
    {
        if (Find() is not { } process)
        {
            return;
        }

        using (process)
        {
            WorkerLog.Outlived(logger, process.Id);
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    private Process? Find()
    {
        try
        {
            if (File.ReadAllText(_path).Split(' ') is not [var id, var start] || !int.TryParse(id, out var processId) || !long.TryParse(start, out var ticks))
            {
                return null;
            }

            var process = Process.GetProcessById(processId);
            if ((process.StartTime.ToUniversalTime() - new DateTime(ticks, DateTimeKind.Utc)).Duration() < s_sameStart)
            {
                return process;
            }

            process.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or InvalidOperationException or Win32Exception)
        {
            // There is no note, or no such process any more.
            return null;
        }
    }
}
