using System.Net;
using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http;

/// <summary>The host's HTTP server: the app's functions, the management API, and the program's own routes.</summary>
internal sealed class HttpServer(HttpListenOptions options, AccessKeys keys, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger("EmbeddedHost.Http");
    private WebApplication? _app;

    /// <summary>Listens.</summary>
    /// <param name="services">Adds what the routes need of the server's services.</param>
    /// <param name="map">Adds the routes.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <returns>The address that it listens on.</returns>
    /// <exception cref="EmbeddedHostException">The port is in use.</exception>
    public async Task<Uri> StartAsync(Action<IServiceCollection> services, Action<IEndpointRouteBuilder> map, CancellationToken cancellationToken)
    {
        var endpoint = ListenAddress.Of(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes * RequestPipeline.DrainedLimits;
            kestrel.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton<ILoggerFactory>(new ServerLoggers(loggers)).AddRoutingCore();
        services(builder.Services);

        _app = builder.Build();
        RequestPipeline pipeline = new(options, keys, time, _logger);
        _app.Use(pipeline.GuardAsync);
        _app.UseRouting();
        _app.Use(pipeline.AuthorizeAsync);
        map(_app);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new EmbeddedHostException(
                $"Port {endpoint.Port} of {endpoint.Address} is in use by another program. End that one, or choose another port with EmbeddedHost__Http__Port.",
                exception);
        }

        return BoundUrl(_app, endpoint);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static Uri BoundUrl(WebApplication app, IPEndPoint endpoint)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return ListenAddress.UrlOf(endpoint, BindingAddress.Parse(addresses.Single()).Port);
    }
}
