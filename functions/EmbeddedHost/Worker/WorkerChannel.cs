using System.Collections.Concurrent;
using System.Threading.Channels;
using EmbeddedHost.Worker.Messages;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Worker;

/// <summary>
/// The conversation with one worker, over the one stream that it opened. Answers are matched to what was asked, in any order; when the stream
/// ends, whatever is unanswered ends as <see cref="WorkerLostException"/>.
/// </summary>
internal sealed class WorkerChannel(
    IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, WorkerLogs logs, ILogger logger) : IDisposable
{
    // One that stays behind others goes out with them in one write.
    private static readonly WriteOptions s_more = new(WriteFlags.BufferHint);
    private static readonly WriteOptions s_last = new();

    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> _invocations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _requests = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Carries messages both ways until the worker or the host ends the stream.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var writing = WriteAsync(cancellationToken);
        try
        {
            await ReadAsync(cancellationToken);
        }
        finally
        {
            _outgoing.Writer.TryComplete();
            End();
            await writing;
        }
    }

    /// <summary>Asks something that is no invocation.</summary>
    /// <exception cref="WorkerLostException">The worker is gone.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage request, CancellationToken cancellationToken)
    {
        TaskCompletionSource<StreamingMessage> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        request.RequestId = Guid.NewGuid().ToString();
        _requests[request.RequestId] = answer;
        try
        {
            Send(request);
            if (_ended.IsCancellationRequested)
            {
                throw Lost();
            }

            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _requests.TryRemove(request.RequestId, out _);
        }
    }

    /// <summary>
    /// Has the worker run a function, and gives its answer. A cancellation tells the function to stop; what it then answers is still waited for.
    /// </summary>
    /// <exception cref="WorkerLostException">The worker is gone.</exception>
    public async Task<InvocationResponse> InvokeAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        TaskCompletionSource<InvocationResponse> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _invocations[request.InvocationId] = answer;
        try
        {
            Send(new StreamingMessage { InvocationRequest = request });
            if (_ended.IsCancellationRequested)
            {
                throw Lost();
            }

            await using var cancel = cancellationToken.UnsafeRegister(
                _ => Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } }), null);
            return await answer.Task;
        }
        finally
        {
            _invocations.TryRemove(request.InvocationId, out _);
        }
    }

    /// <summary>Says something that has no answer.</summary>
    public void Send(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    public void Dispose() => _ended.Dispose();

    private static WorkerLostException Lost() => new("The worker is gone.");

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in incoming.ReadAllAsync(cancellationToken))
        {
            switch (message.ContentCase)
            {
                case StreamingMessage.ContentOneofCase.InvocationResponse:
                    Complete(message.InvocationResponse);
                    break;
                case StreamingMessage.ContentOneofCase.RpcLog:
                    logs.Write(message.RpcLog);
                    break;
                default:
                    if (!_requests.TryRemove(message.RequestId, out var request))
                    {
                        WorkerLog.Unasked(logger, message.ContentCase.ToString());
                        break;
                    }

                    request.TrySetResult(message);
                    break;
            }
        }
    }

    private void Complete(InvocationResponse response)
    {
        if (!_invocations.TryRemove(response.InvocationId, out var invocation))
        {
            // It was given up, or never asked for.
            WorkerLog.Unasked(logger, nameof(InvocationResponse));
            return;
        }

        // One without a result has not succeeded.
        response.Result ??= new StatusResult();
        invocation.TrySetResult(response);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                outgoing.WriteOptions = _outgoing.Reader.TryPeek(out _) ? s_more : s_last;
                await outgoing.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or IOException or Grpc.Core.RpcException)
        {
            // The stream has ended, as the reader is told too.
            End();
        }
    }

    private void End()
    {
        _ended.Cancel();
        foreach (var (_, request) in _requests)
        {
            request.TrySetException(Lost());
        }

        foreach (var (_, invocation) in _invocations)
        {
            invocation.TrySetException(Lost());
        }
    }
}
