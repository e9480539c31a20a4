using System.Net;
using DurableTask.Sqlite;
using EmbeddedHost.Hosting;
using EmbeddedHost.Http.Invocation;
using EmbeddedHost.Http.Management;
using EmbeddedHost.TaskHub;
using EmbeddedHost.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace EmbeddedHost.Http;

/// <summary>What the host serves to its callers, from the time that the worker's functions are known.</summary>
internal sealed class HttpFront(
    IOptions<EmbeddedHostOptions> options,
    HostJson hostJson,
    WorkerGateway gateway,
    FunctionInvoker invoker,
    DurableClientBinding clients,
    SqliteOrchestrationService store,
    TaskHubOptions hub,
    ListeningAddress address,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger("EmbeddedHost.Http");
    private HttpServer? _server;
    private WorkerForwarder? _forwarder;

    /// <summary>Looks whether the options allow to listen, before anything has begun.</summary>
    /// <exception cref="HostConfigurationException">They do not.</exception>
    public void Check()
    {
        if (options.Value.Http is { } http)
        {
            ListenAddress.Of(http);
        }
    }

    /// <summary>Listens, if the host is to listen at all.</summary>
    public async Task StartAsync(ReadyWorker worker, CancellationToken cancellationToken)
    {
        if (options.Value.Http is not { } http)
        {
            return;
        }

        AccessKeys keys = new(http);
        var routes = HttpFunctionRoute.Of(worker.App, hostJson.RoutePrefix);
        _server = new HttpServer(http, keys, time, loggers);
        address.Url = await _server.StartAsync(
            services => services.AddHttpForwarder(),
            endpoints =>
            {
                _forwarder = new WorkerForwarder(endpoints.ServiceProvider.GetRequiredService<IHttpForwarder>(), http.RequestTimeout, http.PublicUrl);
                HttpFunctions functions = new(gateway, invoker, _forwarder, http.PublicUrl, _logger, lifetime.ApplicationStopping);
                foreach (var route in routes)
                {
                    functions.Map(endpoints, route);
                }

                ManagedHub managed = new(
                    hub.HubName,
                    store,
                    new InstanceStarts(store, hub, time, _logger),
                    new InstanceCommands(store, _logger),
                    () => gateway.Current?.App.OrchestratorNames ?? worker.App.OrchestratorNames);
                ManagementLinks links = new(http.PublicUrl, hub.HubName, keys.DurableTaskKey);
                new ManagementApi(managed, links, new Waits(http.RequestTimeout * 0.9, time, lifetime.ApplicationStopping)).Map(endpoints);
                http.MapRoutes?.Invoke(endpoints);
            },
            cancellationToken);

        clients.Announce(new Uri(http.PublicUrl ?? address.Url, ManagementLinks.BasePath), keys.DurableTaskKey);
        store.Announce(ListenAddress.IsAny(http) ? new UriBuilder(address.Url) { Host = IPAddress.Loopback.ToString() }.Uri : address.Url);
        HttpLog.Listening(_logger, address.Url, routes.Count, keys.AreChecked);
    }

    /// <summary>Takes no more requests, and waits for those that are being answered.</summary>
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

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _forwarder?.Dispose();
    }
}
