using EmbeddedHost.Worker.Messages;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace EmbeddedHost.Tests.Guard;

/// <summary>A program that speaks the worker's side of the protocol as well or as badly as a test wants it to.</summary>
internal sealed class FakeWorker : IAsyncDisposable
{
    private static readonly Method<StreamingMessage, StreamingMessage> s_eventStream = new(
        MethodType.DuplexStreaming,
        "AzureFunctionsRpcMessages.FunctionRpc",
        "EventStream",
        Marshallers.Create(message => message.ToByteArray(), StreamingMessage.Parser.ParseFrom),
        Marshallers.Create(message => message.ToByteArray(), StreamingMessage.Parser.ParseFrom));

    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<StreamingMessage, StreamingMessage> _call;

    public FakeWorker(Uri host)
    {
        _channel = GrpcChannel.ForAddress(host, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        _call = _channel.CreateCallInvoker().AsyncDuplexStreamingCall(s_eventStream, null, new CallOptions(cancellationToken: Cancellation).WithWaitForReady());
    }

    /// <summary>Its functions: an orchestrator, an activity, an HTTP function.</summary>
    public IReadOnlyList<RpcFunctionMetadata> Functions { get; init; } =
    [
        Function("Plan", """{"name":"context","type":"orchestrationTrigger","direction":"In"}"""),
        Function("Act", """{"name":"input","type":"activityTrigger","direction":"In"}"""),
        Function("Ask", """{"name":"request","type":"httpTrigger","direction":"In","authLevel":"Anonymous","methods":["get"]}"""),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static RpcFunctionMetadata Function(string name, params string[] bindings) =>
        new() { Name = name, FunctionId = "id-" + name, RawBindings = { bindings } };

    public Task StartAsync(string workerId) => SayAsync(new StreamingMessage { StartStream = new StartStream { WorkerId = workerId } });

    public Task SayAsync(StreamingMessage message) => _call.RequestStream.WriteAsync(message, Cancellation);

    /// <summary>Hears what the host says next.</summary>
    public async Task<StreamingMessage> HearAsync()
    {
        Assert.True(await _call.ResponseStream.MoveNext(Cancellation));
        return _call.ResponseStream.Current;
    }

    /// <summary>Hears the next message of a kind.</summary>
    public async Task<StreamingMessage> HearAsync(StreamingMessage.ContentOneofCase kind)
    {
        while (true)
        {
            if (await HearAsync() is var heard && heard.ContentCase == kind)
            {
                return heard;
            }
        }
    }

    /// <summary>Says what a worker in good order says until its functions are loaded.</summary>
    public async Task GreetAsync(string workerId)
    {
        await StartAsync(workerId);
        await AnswerAsync(
            await HearAsync(), new StreamingMessage { WorkerInitResponse = new WorkerInitResponse { WorkerVersion = "fake", Result = Success() } });
        await DescribeAsync();
        foreach (var _ in Functions)
        {
            var load = await HearAsync();
            await AnswerAsync(
                load,
                new StreamingMessage
                {
                    FunctionLoadResponse = new FunctionLoadResponse { FunctionId = load.FunctionLoadRequest.FunctionId, Result = Success() },
                });
        }
    }

    /// <summary>Hears the question for its functions and answers it.</summary>
    public async Task DescribeAsync() => await AnswerAsync(
        await HearAsync(),
        new StreamingMessage { FunctionMetadataResponse = new FunctionMetadataResponse { FunctionMetadataResults = { Functions }, Result = Success() } });

    public Task AnswerAsync(StreamingMessage question, StreamingMessage answer)
    {
        answer.RequestId = question.RequestId;
        return SayAsync(answer);
    }

    public Task AnswerAsync(InvocationRequest invocation, InvocationResponse answer)
    {
        answer.InvocationId = invocation.InvocationId;
        return SayAsync(new StreamingMessage { InvocationResponse = answer });
    }

    public static StatusResult Success() => new() { Status = StatusResult.Types.Status.Success };

    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }
}
