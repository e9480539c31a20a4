using EmbeddedHost.Worker.Messages;
using Grpc.Core;

namespace EmbeddedHost.Worker;

/// <summary>The worker protocol's one call.</summary>
internal sealed class FunctionRpcService(WorkerGateway gateway) : FunctionRpc.FunctionRpcBase
{
    public override Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context) =>
        gateway.ServeAsync(requestStream, responseStream, context.CancellationToken);
}
