using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.TaskHub;

/// <summary>
/// The durable client for use inside the host's own process: the same calls on the same service as a function's client, so
/// that both see the same rules. Waits have no time limit but their token.
/// </summary>
internal sealed class LoopbackTaskHubClient : IAsyncDisposable
{
    /// <summary>The header by which a durable client names the hub that it means.</summary>
    public const string HubHeader = "durable-taskhub";

    /// <summary>The header by which a durable client names its connection: here, what shows that it is one of this host's.</summary>
    public const string ConnectionHeader = "durable-connectionname";

    private readonly GrpcChannel _channel;

    public LoopbackTaskHubClient(Uri address, string hubName, string connectionName, DataConverter converter, ILoggerFactory loggerFactory)
    {
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, UseProxy = false },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
            LoggerFactory = loggerFactory,
        });
        Client = new GrpcDurableTaskClient(
            hubName,
            new GrpcDurableTaskClientOptions
            {
                CallInvoker = _channel.Intercept(metadata =>
                {
                    metadata.Add(HubHeader, hubName);
                    metadata.Add(ConnectionHeader, connectionName);
                    return metadata;
                }),
                DataConverter = converter,
            },
            loggerFactory.CreateLogger<GrpcDurableTaskClient>());
    }

    public DurableTaskClient Client { get; }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _channel.Dispose();
    }
}
