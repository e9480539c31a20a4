using System.Net;
using EmbeddedHost.Hosting;
using EmbeddedHost.Http.Invocation;
using EmbeddedHost.Http.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Http;

/// <summary>Serves the HTTP functions and the management API while the host runs, if it is to listen at all.</summary>
internal sealed class HttpServer(
    IServiceProvider services,
    IOptions<EmbeddedHostOptions> options,
    DurableRuntime runtime,
    ListeningAddress address,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILoggerFactory loggerFactory) : IHostedLifecycleService, IDisposable
{
    private readonly ILogger _logger = loggerFactory.CreateLogger("EmbeddedHost.Http");
    private IPEndPoint? _endpoint;
    private KestrelServer? _server;

    // Before anything has begun to work, so that a refusal leaves all as it was.
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _endpoint = options.Value.Http is { } http ? ListenAddress.Of(http) : null;
        return Task.CompletedTask;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Http is not { } http || _endpoint is not { } endpoint)
        {
            return;
        }

        AccessKeys keys = new(http);
        var functions = HttpFunctionEndpoint.CreateAll(runtime.Functions.HttpFunctions, HostJson.Read(options.Value.HostJsonPath).RoutePrefix, services, _logger);
        KestrelApplication application = new(BuildPipeline(http, keys, functions), services.GetRequiredService<IServiceScopeFactory>());
        _server = CreateServer(http, endpoint);
        try
        {
            await _server.StartAsync(application, cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new EmbeddedHostException(
                $"Port {endpoint.Port} of {endpoint.Address} is in use by another program. End that one, or choose another port with EmbeddedHost__Http__Port.", exception);
        }

        address.Url = BoundUrl(_server, endpoint);
        runtime.Announce(IPAddress.Any.Equals(endpoint.Address) ? new UriBuilder(address.Url) { Host = IPAddress.Loopback.ToString() }.Uri : address.Url);
        if (runtime.Client is IManagedOverHttp client)
        {
            client.Links = new ManagementLinks(http.PublicUrl ?? address.Url, runtime.Client.Name, keys.DurableTaskKey);
        }

        HttpLog.Listening(_logger, address.Url, functions.Count, keys.AreChecked);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is null)
        {
            return;
        }

        await _server.StopAsync(cancellationToken);
        address.Url = null;
        if (cancellationToken.IsCancellationRequested)
        {
            HttpLog.RequestsCutOff(_logger);
        }
    }

    public void Dispose() => _server?.Dispose();

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private RequestDelegate BuildPipeline(HttpListenOptions http, AccessKeys keys, IReadOnlyList<HttpFunctionEndpoint> functions)
    {
        RequestPipeline pipeline = new(http, keys, time, _logger);
        ApplicationBuilder app = new(services);
        app.Use(pipeline.GuardAsync);
        app.UseRouting();
        app.Use(pipeline.AuthorizeAsync);
        app.UseEndpoints(routes =>
        {
            foreach (var function in functions)
            {
                function.Map(routes);
            }

            ManagementLinks links = new(http.PublicUrl, runtime.Client.Name, keys.DurableTaskKey);
            new ManagementApi(runtime, links, new Waits(http.RequestTimeout * 0.9, time, lifetime.ApplicationStopping)).Map(routes);
            http.MapRoutes?.Invoke(routes);
        });
        return app.Build();
    }

    private KestrelServer CreateServer(HttpListenOptions http, IPEndPoint endpoint)
    {
        KestrelServerOptions kestrel = new() { ApplicationServices = services, AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = http.MaxRequestBytes * RequestPipeline.DrainedLimits;
        kestrel.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
        ServerLoggers loggers = new(loggerFactory);
        return new KestrelServer(Options.Create(kestrel), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
    }

    private static Uri BoundUrl(KestrelServer server, IPEndPoint endpoint)
    {
        var bound = BindingAddress.Parse(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return ListenAddress.UrlOf(endpoint, bound.Port);
    }
}
