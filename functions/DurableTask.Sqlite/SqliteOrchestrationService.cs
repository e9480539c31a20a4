using DurableTask.Core;
using DurableTask.Core.Query;
using DurableTask.Sqlite.Dispatch;
using DurableTask.Sqlite.Store;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DurableTask.Sqlite;

/// <summary>
/// Keeps the orchestrations of a <see cref="TaskHubWorker"/> and a <see cref="TaskHubClient"/> in one SQLite file.
/// </summary>
/// <remarks>
/// What a call has returned is on the disk. An episode of an orchestration is written as a whole or not at all; activities run at least
/// once, and messages are taken up exactly once. One service at a time has a file open, from its first call until it is disposed; clients
/// work whether a worker has been started or not. All members may be called from any thread.
/// </remarks>
public sealed partial class SqliteOrchestrationService :
    IOrchestrationService, IOrchestrationServiceClient, IOrchestrationServicePurgeClient, IOrchestrationServiceQueryClient, IAsyncDisposable, IDisposable
{
    private readonly SqliteOrchestrationServiceOptions _options;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _opening = new(1);
    private volatile OpenStore? _opened;
    private volatile bool _isStarted;
    private volatile bool _isDisposed;
    private Uri? _address;

    /// <summary>Makes a service. The file is opened by its first use.</summary>
    /// <param name="options">Where the file is, and what the service is to do.</param>
    /// <param name="loggerFactory">Where the category DurableTask.Sqlite logs; null: nowhere.</param>
    /// <param name="timeProvider">The clock of timers, scheduled starts and delays; null: the system's.</param>
    /// <exception cref="ArgumentException">Options are not allowed; the message names each.</exception>
    public SqliteOrchestrationService(SqliteOrchestrationServiceOptions options, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _path = Path.GetFullPath(options.Path);
        _time = timeProvider ?? TimeProvider.System;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("DurableTask.Sqlite");
    }

    /// <summary>For tests: see <see cref="GroupCommit.DiesAfterCommit"/>.</summary>
    internal Func<long, bool>? DiesAfterCommit { get; set; }

    /// <summary>For tests: whether no instance is locked or waits to be.</summary>
    internal bool IsIdle => _opened?.Orchestrations.IsIdle ?? true;

    /// <summary>For tests: what is open.</summary>
    internal OpenStore? Opened => _opened;

    /// <summary>Who holds a database now.</summary>
    /// <param name="path">The database file, as in <see cref="SqliteOrchestrationServiceOptions.Path"/>.</param>
    /// <returns>Null when nobody does.</returns>
    public static StoreHolder? FindHolder(string path) => StoreLock.Find(Path.GetFullPath(path));

    /// <summary>Reads a page of a database's instances at once, whoever holds it; they rest as they are.</summary>
    /// <param name="path">The database file, as in <see cref="SqliteOrchestrationServiceOptions.Path"/>.</param>
    /// <param name="filter">Which instances.</param>
    /// <exception cref="ArgumentOutOfRangeException">The filter skips or takes less than nothing.</exception>
    /// <exception cref="SqliteStoreException">There is no such file, or it cannot be read.</exception>
    public static InstancePage ReadInstances(string path, InstanceFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        path = Path.GetFullPath(path);
        try
        {
            // One that may write takes up what a killed process left, and leaves no files of its own behind.
            SqliteConnectionStringBuilder connection = new() { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
            return new InstanceReader(new StoreQueries(connection.ToString())).Find(filter);
        }
        catch (SqliteException exception)
        {
            throw StoreFailure.Open(path, exception);
        }
    }

    /// <summary>Takes the file for this service and opens it, making or updating it if need be. Any other use does the same first.</summary>
    /// <exception cref="StoreHeldException">Another process, or another service of this one, holds it.</exception>
    /// <exception cref="SqliteStoreException">It is damaged, not of this provider, of a later version, or cannot be used. It is left as it was.</exception>
    public async Task OpenAsync() => await StoreAsync();

    /// <summary>Tells other processes, through <see cref="FindHolder"/> and <see cref="StoreHeldException"/>, where this one listens.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Announce(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _address = address;
        _opened?.Announce(address);
    }

    /// <summary>Makes an empty file, in the place of the one that there may be.</summary>
    /// <inheritdoc cref="OpenAsync" path="/exception" />
    public Task CreateAsync() => CreateAsync(recreateInstanceStore: true);

    /// <summary>Makes the file if it is not there.</summary>
    /// <param name="recreateInstanceStore">Whether one that is there is deleted first.</param>
    /// <inheritdoc cref="OpenAsync" path="/exception" />
    public async Task CreateAsync(bool recreateInstanceStore)
    {
        if (recreateInstanceStore)
        {
            await DeleteAsync();
        }

        await OpenAsync();
    }

    /// <summary>Makes the file if it is not there.</summary>
    /// <inheritdoc cref="OpenAsync" path="/exception" />
    public Task CreateIfNotExistsAsync() => OpenAsync();

    /// <summary>Deletes the file with all that it holds. The next use makes a new one.</summary>
    /// <inheritdoc cref="OpenAsync" path="/exception" />
    public Task DeleteAsync() => DeleteAsync(deleteInstanceStore: true);

    /// <summary>Deletes the file with all that it holds. The next use makes a new one.</summary>
    /// <param name="deleteInstanceStore">False: nothing is deleted, as queues and instances are in the same file.</param>
    /// <inheritdoc cref="OpenAsync" path="/exception" />
    public async Task DeleteAsync(bool deleteInstanceStore)
    {
        if (!deleteInstanceStore)
        {
            return;
        }

        // Only who holds it, and knows it for a file of this provider, may delete it.
        await OpenAsync();
        await _opening.WaitAsync();
        try
        {
            await CloseAsync();
            foreach (var file in (string[])[_path, _path + "-wal", _path + "-shm"])
            {
                File.Delete(file);
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Opens the file, and lets dispatchers fetch work from now on. What was abandoned is tried again at once.</summary>
    /// <inheritdoc cref="OpenAsync" path="/exception" />
    public async Task StartAsync()
    {
        _isStarted = true;
        var store = await StoreAsync();
        store.Orchestrations.Start();
        store.Activities.Start();
    }

    /// <summary>Sends waiting dispatchers and idle sessions away. Clients can go on; the file is closed when the service is disposed.</summary>
    public Task StopAsync() => StopAsync(isForced: false);

    /// <summary>Sends waiting dispatchers and idle sessions away. Clients can go on; the file is closed when the service is disposed.</summary>
    /// <param name="isForced">Makes no difference: nothing is waited for.</param>
    public Task StopAsync(bool isForced)
    {
        _isStarted = false;
        if (_opened is { } store)
        {
            store.Orchestrations.Stop();
            store.Activities.Stop();
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Waits until dispatchers have no work item, so that a <c>TaskHubWorker</c> can be stopped by force and then waited for: its own patience
    /// looks once a second.
    /// </summary>
    /// <param name="patience">How long at most. What then still runs is delivered again by the next start.</param>
    public async Task WaitForWorkInFlightAsync(TimeSpan patience)
    {
        if (_opened is { } store)
        {
            await store.InFlight.None.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Lets what is being written be written, and closes the file, which other processes can then take.</summary>
    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync();
        try
        {
            _isDisposed = true;
            await CloseAsync();
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc cref="DisposeAsync" />
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private ValueTask<OpenStore> StoreAsync() => _opened is { } opened ? ValueTask.FromResult(opened) : new ValueTask<OpenStore>(OpenStoreAsync());

    private async Task<OpenStore> OpenStoreAsync()
    {
        await _opening.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_opened is { } already)
            {
                return already;
            }

            // Opening reads the file: not on the caller's thread, which may be a user interface's.
            var store = await Task.Run(() => OpenStore.OpenAsync(_path, _options, _time, _logger));
            store.File.Writes.DiesAfterCommit = DiesAfterCommit;
            if (_address is not null)
            {
                store.Announce(_address);
            }

            _logger.Opened(_path);
            return _opened = store;
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task CloseAsync()
    {
        if (_opened is { } store)
        {
            _opened = null;
            await store.DisposeAsync();
            _logger.Closed(_path);
        }
    }
}
