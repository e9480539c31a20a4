using System.Diagnostics;
using EmbeddedHost.Worker.Messages;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Worker;

/// <summary>Has the worker run functions, each within the time that host.json allows.</summary>
internal sealed class FunctionInvoker(WorkerGateway gateway, DurableClientBinding clients, TimeProvider time, ILogger<FunctionInvoker> logger)
{
    // What a function that was told to stop gets to end in good order.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>A request for a function, with what its bindings want besides the trigger.</summary>
    public InvocationRequest Request(AppFunction function, TypedData trigger)
    {
        var current = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity : null;
        InvocationRequest request = new()
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            TraceContext = new RpcTraceContext { TraceParent = current?.Id ?? string.Empty, TraceState = current?.TraceStateString ?? string.Empty },
        };
        request.InputData.Add(new ParameterBinding { Name = function.Trigger.Name, Data = trigger });
        foreach (var client in function.DurableClients)
        {
            request.InputData.Add(new ParameterBinding { Name = client.Name, Data = new TypedData { String = clients.Value } });
        }

        return request;
    }

    /// <summary>Runs a function on the worker and gives its answer, which may be a failure.</summary>
    /// <param name="function">The function.</param>
    /// <param name="request">What <see cref="Request"/> made for it.</param>
    /// <param name="worker">The worker that is to run it.</param>
    /// <param name="limit">How long it may run.</param>
    /// <param name="cancellationToken">Tells it to stop; it is then waited for a little longer.</param>
    /// <exception cref="TimeoutException">It ran longer; it was told to stop, and is waited for no more.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop and did not.</exception>
    /// <exception cref="WorkerLostException">The worker went away.</exception>
    public async Task<InvocationResponse> InvokeAsync(
        AppFunction function, InvocationRequest request, ReadyWorker worker, TimeSpan limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = worker.Channel.InvokeAsync(request, stop.Token);
        try
        {
            return limit == Timeout.InfiniteTimeSpan && !cancellationToken.CanBeCanceled ? await answer : await answer.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException exception) when (!answer.IsCompleted)
        {
            await StopAsync(function, answer, stop);
            throw new TimeoutException($"Timeout value of {limit} was exceeded by function: {function.Name}", exception);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            return await StopAsync(function, answer, stop) ?? throw new OperationCanceledException(
                $"The function '{function.Name}' was told to stop and did not.", exception, cancellationToken);
        }
    }

    /// <inheritdoc cref="InvokeAsync(AppFunction, InvocationRequest, ReadyWorker, TimeSpan, CancellationToken)" />
    public async Task<InvocationResponse> InvokeAsync(AppFunction function, TypedData trigger, TimeSpan limit, CancellationToken cancellationToken)
    {
        var worker = await gateway.WaitAsync(cancellationToken);
        return await InvokeAsync(function, Request(function, trigger), worker, limit, cancellationToken);
    }

    private async Task<InvocationResponse?> StopAsync(AppFunction function, Task<InvocationResponse> answer, CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        try
        {
            return await answer.WaitAsync(s_patience, time);
        }
        catch (TimeoutException)
        {
            WorkerLog.GivenUp(logger, function.Name, s_patience);
            return null;
        }
    }
}
