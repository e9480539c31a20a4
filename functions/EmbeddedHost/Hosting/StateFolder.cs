using DurableTask.Sqlite;
using EmbeddedHost.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Hosting;

/// <summary>The folder that holds a host's state: the task hub's file, which one process at a time may use, and what is kept beside it.</summary>
internal sealed class StateFolder : IDisposable
{
    private const string OldFileName = "history.db";

    public StateFolder(IOptions<EmbeddedHostOptions> options, HostJson hostJson, SessionSupport sessions, TimeProvider time, ILoggerFactory loggers)
    {
        Path = System.IO.Path.GetFullPath(options.Value.StateFolder);
        var settings = hostJson.DurableTask;
        Service = new SqliteOrchestrationService(
            new SqliteOrchestrationServiceOptions(TaskHubFile.PathIn(Path))
            {
                MaxConcurrentTaskOrchestrationWorkItems = settings.MaxConcurrentOrchestratorFunctions,
                MaxConcurrentTaskActivityWorkItems = settings.MaxConcurrentActivityFunctions,
                ExtendedSessionsEnabled = (options.Value.ExtendedSessions ?? settings.ExtendedSessionsEnabled) && sessions.IsThere,
                ExtendedSessionIdleTimeout = settings.ExtendedSessionIdleTimeout,
            },
            loggers,
            time);
    }

    public string Path { get; }

    public SqliteOrchestrationService Service { get; }

    /// <summary>Takes the folder.</summary>
    /// <exception cref="StateFolderHeldException">Another process holds it.</exception>
    /// <exception cref="EmbeddedHostException">It cannot be used, or is of an earlier kind of host.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var old = System.IO.Path.Combine(Path, OldFileName);
        if (File.Exists(old) && !File.Exists(TaskHubFile.PathIn(Path)))
        {
            throw new EmbeddedHostException(
                $"The state folder {Path} is of an earlier version of this host, whose {OldFileName} this one cannot read. It was left as it is. "
                + "Let that version finish its runs and move the folder away, or choose another state folder.");
        }

        try
        {
            await Service.OpenAsync();
        }
        catch (StoreHeldException exception)
        {
            throw new StateFolderHeldException(Path, exception.Holder, exception);
        }
        catch (SqliteStoreException exception)
        {
            throw new EmbeddedHostException(exception.Message, exception);
        }
    }

    public void Dispose() => Service.Dispose();
}
