using System.Reflection;
using EmbeddedHost.Startup;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

/// <summary>The function app's worker on an embedded host, in the process of the tests.</summary>
internal static class AppBuilder
{
    public static FunctionsApplicationBuilder Create()
    {
        Assembly.SetEntryAssembly(typeof(RunEtl).Assembly);
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.AddEmbeddedHost();
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<RunScopeMiddleware>();
        builder.Logging.ClearProviders();
        return builder;
    }
}
