using EmbeddedHost.Hosting;
using EmbeddedHost.Http;
using EmbeddedHost.Orchestration;
using EmbeddedHost.TaskHub;
using EmbeddedHost.Timers;
using EmbeddedHost.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Startup;

/// <summary>
/// Starts and stops the host's parts in their order: the state, then the server that the worker connects to; with the worker's functions
/// known, what they are reached by and driven by. Back in the reverse order.
/// </summary>
internal sealed class EmbeddedHostLifetime(
    IOptions<EmbeddedHostOptions> options,
    TaskHubStore store,
    InstanceSearch instances,
    WorkerServer server,
    IWorkerProcess process,
    WorkerGateway gateway,
    HttpFront http,
    DurableWorker durable,
    FunctionTimers timers,
    HostStop stop,
    IHostApplicationLifetime lifetime,
    TimeProvider time) : IHostedLifecycleService
{
    private bool _isOpen;

    // Before anything has begun to work, so that a refusal leaves all as it was.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        OptionsCheck.Require(options.Value);
        http.Check();
        await store.OpenAsync(cancellationToken);
        _isOpen = true;
        if (options.Value.BeforeResume is { } before)
        {
            before(await instances.ListLiveAsync(cancellationToken));
        }

        await server.StartAsync(cancellationToken);
        await process.StartAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A worker in this process has been started by now.
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var worker = await WorkerAsync(cancellationToken);
        timers.Read(worker.App);
        await http.StartAsync(worker, cancellationToken);
        if (!options.Value.AtRest)
        {
            await durable.StartAsync();
        }

        await timers.StartAsync();
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Whoever waits for something is let go, also where the program stops the host without a word before.
        lifetime.StopApplication();

        // What timers and requests start needs the rest.
        await timers.StopAsync(cancellationToken);
        await http.StopAsync(cancellationToken);
        await stop.SignalAsync();
        await durable.StopAsync();
        await process.StopAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await gateway.CloseAsync();
        await server.StopAsync(cancellationToken);
        if (_isOpen)
        {
            await store.Service.DisposeAsync();
        }
    }

    private async Task<ReadyWorker> WorkerAsync(CancellationToken cancellationToken)
    {
        var limit = options.Value.WorkerStartTimeLimit;
        try
        {
            return await gateway.WaitAsync(cancellationToken).WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new EmbeddedHostException(
                $"The worker was not ready within {limit}. Its log says more; EmbeddedHost__WorkerStartTimeLimit gives it longer.", exception);
        }
    }
}
