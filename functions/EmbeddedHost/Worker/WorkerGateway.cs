using EmbeddedHost.Hosting;
using EmbeddedHost.Worker.Messages;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Worker;

/// <summary>
/// The one worker that this host has at a time. Whoever needs it waits here until there is one, as after a worker that died.
/// </summary>
internal sealed class WorkerGateway(WorkerEndpoint endpoint, AppFolder app, ILoggerFactory loggers) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly ILogger _logger = loggers.CreateLogger("EmbeddedHost.Worker");
    private readonly WorkerLogs _logs = new(loggers);
    private readonly Lock _gate = new();
    private TaskCompletionSource<ReadyWorker> _ready = New();

    /// <summary>The worker, once there is one.</summary>
    /// <exception cref="EmbeddedHostException">It connected and cannot be used.</exception>
    public Task<ReadyWorker> WaitAsync(CancellationToken cancellationToken)
    {
        var ready = Volatile.Read(ref _ready).Task;
        return ready.IsCompletedSuccessfully ? ready : ready.WaitAsync(cancellationToken);
    }

    /// <summary>The worker if there is one now.</summary>
    public ReadyWorker? Current => Volatile.Read(ref _ready).Task is { IsCompletedSuccessfully: true } ready ? ready.Result : null;

    /// <summary>Whether there has been one, be it gone by now.</summary>
    public bool HasBeenReady { get; private set; }

    /// <summary>Says that there will be no worker: who waits for one is told why.</summary>
    public void GiveUp(EmbeddedHostException reason)
    {
        WorkerLog.NotReady(_logger, reason.Message);
        Volatile.Read(ref _ready).TrySetException(reason);
    }

    /// <summary>Ends the conversation, which the worker itself never does.</summary>
    public Task CloseAsync() => _closing.CancelAsync();

    public void Dispose() => _closing.Dispose();

    /// <summary>Speaks with a program that opened a stream, for as long as that is open, if it is the worker.</summary>
    public async Task ServeAsync(IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken callEnded)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(callEnded, _closing.Token);
        var cancellationToken = either.Token;
        if (!await incoming.MoveNext(cancellationToken) || incoming.Current.StartStream?.WorkerId != endpoint.WorkerId)
        {
            WorkerLog.Stranger(_logger);
            throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "This host waits for a worker of its own."));
        }

        using WorkerChannel channel = new(incoming, outgoing, _logs, _logger);
        var talking = channel.RunAsync(cancellationToken);
        var greeting = GreetAsync(channel, cancellationToken);
        try
        {
            await talking;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or Grpc.Core.RpcException)
        {
            // The worker's process has ended, or the host ends.
        }

        await greeting;
        if (!cancellationToken.IsCancellationRequested)
        {
            WorkerLog.Gone(_logger);
        }

        Forget(channel);
    }

    private static TaskCompletionSource<ReadyWorker> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task GreetAsync(WorkerChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            var worker = await new WorkerHandshake(app.Path, endpoint, _logger).GreetAsync(channel, cancellationToken);
            lock (_gate)
            {
                HasBeenReady = true;
                if (!_ready.TrySetResult(worker))
                {
                    // The one before it is gone, only its stream has not ended yet.
                    _ready = New();
                    _ready.SetResult(worker);
                }
            }
        }
        catch (EmbeddedHostException exception)
        {
            GiveUp(exception);
        }
        catch (Exception exception) when (exception is WorkerLostException or OperationCanceledException)
        {
            // It went away before it was ready; the next one may stay.
        }
    }

    private void Forget(WorkerChannel channel)
    {
        lock (_gate)
        {
            if (Current?.Channel == channel)
            {
                _ready = New();
            }
        }
    }
}
