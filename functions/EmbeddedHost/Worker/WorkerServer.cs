using System.Net;
using DurableTask.Sqlite;
using EmbeddedHost.Hosting;
using EmbeddedHost.TaskHub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Worker;

/// <summary>
/// The gRPC server on loopback: the worker protocol, and the task hub for durable clients. Another user of the machine can reach it and is
/// turned away: the worker shows an id, a client a token, which only this host's own worker has been given.
/// </summary>
internal sealed class WorkerServer(
    WorkerEndpoint endpoint,
    WorkerGateway gateway,
    SqliteOrchestrationService store,
    TaskHubOptions hub,
    TimeProvider time,
    ILoggerFactory loggers) : IAsyncDisposable
{
    private const int WindowBytes = 4 * 1024 * 1024;

    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            // A client's wait for an instance holds one for as long as it lasts.
            kestrel.Limits.Http2.MaxStreamsPerConnection = int.MaxValue;
            kestrel.Limits.Http2.InitialConnectionWindowSize = WindowBytes;
            kestrel.Limits.Http2.InitialStreamWindowSize = WindowBytes;
            kestrel.Listen(endpoint.EndPoint, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = address =>
            address is IPEndPoint ip && ip.Equals(endpoint.EndPoint) ? endpoint.Listener : SocketTransportOptions.CreateDefaultBoundListenSocket(address));
        builder.Services.AddSingleton<ILoggerFactory>(new ServerLoggers(loggers)).AddSingleton(gateway).AddSingleton(time);
        builder.Services.AddTaskHub(store, hub);
        builder.Services.AddGrpc().AddServiceOptions<FunctionRpcService>(grpc =>
        {
            grpc.MaxReceiveMessageSize = null;
            grpc.MaxSendMessageSize = null;
        });

        _app = builder.Build();
        _app.Use(RefuseStrangers);
        _app.UseRouting();
        _app.MapGrpcService<FunctionRpcService>();
        _app.MapGrpcService<TaskHubService>();
        await _app.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task RefuseStrangers(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/TaskHubSidecarService", StringComparison.Ordinal)
            && context.Request.Headers[LoopbackTaskHubClient.ConnectionHeader] != endpoint.ClientToken)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
