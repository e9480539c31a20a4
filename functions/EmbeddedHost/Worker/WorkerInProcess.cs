namespace EmbeddedHost.Worker;

/// <summary>The worker is a service of this same program, which starts and stops with it.</summary>
internal sealed class WorkerInProcess : IWorkerProcess
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
