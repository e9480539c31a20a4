using DurableTask.Core.History;
using Grpc.Core;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.Logging.Abstractions;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.Protocol;

/// <summary>Microsoft's own client reads events that stand ready, without a server.</summary>
internal sealed class ReadBack(P.HistoryChunk chunk) : CallInvoker
{
    public static async Task<IList<HistoryEvent>> EventsAsync(params IEnumerable<P.HistoryEvent> events)
    {
        await using GrpcDurableTaskClient client = new(
            "hub", new GrpcDurableTaskClientOptions { CallInvoker = new ReadBack(new P.HistoryChunk { Events = { events } }) }, NullLogger.Instance);
        return await client.GetOrchestrationHistoryAsync("any");
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        new((IAsyncStreamReader<TResponse>)(object)new Stream(chunk), Task.FromResult(Metadata.Empty), () => Status.DefaultSuccess, () => [], () => { });

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    private sealed class Stream(P.HistoryChunk chunk) : IAsyncStreamReader<P.HistoryChunk>
    {
        private bool _read;

        public P.HistoryChunk Current => chunk;

        public Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            var first = !_read;
            _read = true;
            return Task.FromResult(first);
        }
    }
}
