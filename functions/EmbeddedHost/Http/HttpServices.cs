using System.Diagnostics;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EmbeddedHost.Http;

internal static class HttpServices
{
    /// <summary>Adds the server, to be started after what it serves.</summary>
    public static IServiceCollection AddHttpServer(this IServiceCollection services)
    {
        services.AddRouting();
        services.TryAddSingleton(_ => new DiagnosticListener("Microsoft.AspNetCore"));
        services.AddSingleton<ListeningAddress>();
        services.AddHostedService<HttpServer>();
        return services;
    }

    /// <summary>Adds what writes results of ASP.NET Core's types.</summary>
    public static IServiceCollection AddAspNetCoreResults(this IServiceCollection services)
    {
        services.AddMvcCore();
        return services;
    }
}
