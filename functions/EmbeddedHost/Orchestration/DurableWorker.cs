using DurableTask.Core;
using DurableTask.Core.Settings;
using DurableTask.Sqlite;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Orchestration;

/// <summary>The Durable Task Framework's worker, whose orchestrations and activities are functions of the app.</summary>
internal sealed class DurableWorker : IAsyncDisposable
{
    // As long as the framework itself would wait.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    private readonly SqliteOrchestrationService _service;
    private readonly TaskHubWorker _worker;
    private readonly bool _includeInputs;
    private bool _isStarted;

    public DurableWorker(
        SqliteOrchestrationService service, HostJson hostJson, OrchestrationDispatch orchestrations, ActivityDispatch activities, ILoggerFactory loggers)
    {
        _service = service;
        var settings = hostJson.DurableTask;
        _includeInputs = settings.StoreInputsInOrchestrationHistory;
        VersioningSettings versions = new()
        {
            Version = settings.DefaultVersion,
            MatchStrategy = settings.VersionMatchStrategy,
            FailureStrategy = settings.VersionFailureStrategy,
        };
        _worker = new TaskHubWorker(service, new NoObjects<TaskOrchestration>(), new NoObjects<TaskActivity>(), versions, loggers)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        _worker.AddOrchestrationDispatcherMiddleware(orchestrations.InvokeAsync);
        _worker.AddActivityDispatcherMiddleware(activities.InvokeAsync);
    }

    /// <summary>Takes up what is outstanding and begins to work.</summary>
    public async Task StartAsync()
    {
        await _worker.StartAsync();
        _worker.TaskOrchestrationDispatcher.IncludeParameters = _includeInputs;
        _isStarted = true;
    }

    /// <summary>Takes up nothing more, and waits for what runs.</summary>
    public async Task StopAsync()
    {
        if (await StopFetchingAsync())
        {
            await _service.WaitForWorkInFlightAsync(s_patience);
        }
    }

    // A host that failed to start, or is lost, is not stopped before.
    public async ValueTask DisposeAsync()
    {
        await StopFetchingAsync();
        _worker.Dispose();
    }

    private async Task<bool> StopFetchingAsync()
    {
        if (!_isStarted)
        {
            return false;
        }

        _isStarted = false;
        await _worker.StopAsync(isForced: true);
        return true;
    }
}
