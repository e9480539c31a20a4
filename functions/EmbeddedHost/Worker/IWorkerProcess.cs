namespace EmbeddedHost.Worker;

/// <summary>Where the worker runs.</summary>
internal interface IWorkerProcess
{
    /// <summary>Has it connect to the host, and keeps it running.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Ends it.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
