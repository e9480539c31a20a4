using DurableTask.Sqlite;
using EmbeddedHost.Hosting;
using EmbeddedHost.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Startup;

/// <summary>The task hub in the state folder, from the time that this process has taken that.</summary>
internal sealed class TaskHubStore : IDisposable
{
    private const string OldFileName = "history.db";

    private readonly StateFolder _folder;

    public TaskHubStore(
        StateFolder folder, IOptions<EmbeddedHostOptions> options, HostJson hostJson, SessionSupport sessions, TimeProvider time, ILoggerFactory loggers)
    {
        _folder = folder;
        var settings = hostJson.DurableTask;
        Service = new SqliteOrchestrationService(
            new SqliteOrchestrationServiceOptions(TaskHubFile.PathIn(folder.Path))
            {
                MaxConcurrentTaskOrchestrationWorkItems = settings.MaxConcurrentOrchestratorFunctions,
                MaxConcurrentTaskActivityWorkItems = settings.MaxConcurrentActivityFunctions,
                ExtendedSessionsEnabled = (options.Value.ExtendedSessions ?? settings.ExtendedSessionsEnabled) && sessions.IsThere,
                ExtendedSessionIdleTimeout = settings.ExtendedSessionIdleTimeout,
            },
            loggers,
            time);
    }

    public SqliteOrchestrationService Service { get; }

    /// <summary>Takes the folder.</summary>
    /// <exception cref="StateFolderHeldException">Another process holds it.</exception>
    /// <exception cref="EmbeddedHostException">It cannot be used, or is of an earlier kind of host.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var old = Path.Combine(_folder.Path, OldFileName);
        if (File.Exists(old) && !File.Exists(TaskHubFile.PathIn(_folder.Path)))
        {
            throw new EmbeddedHostException(
                $"The state folder {_folder.Path} is of an earlier version of this host, whose {OldFileName} this one cannot read. It was left as it is. "
                + "Let that version finish its runs and move the folder away, or choose another state folder.");
        }

        try
        {
            await Service.OpenAsync();
        }
        catch (StoreHeldException exception)
        {
            throw new StateFolderHeldException(_folder.Path, exception.Holder, exception);
        }
        catch (SqliteStoreException exception)
        {
            throw new EmbeddedHostException(exception.Message, exception);
        }
    }

    public void Dispose() => Service.Dispose();
}
