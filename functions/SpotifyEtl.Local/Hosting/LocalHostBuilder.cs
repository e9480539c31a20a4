using EmbeddedHost.Startup;
using System.Reflection;
using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;
using SpotifyEtl.Instances;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Hosting;

/// <summary>Puts the one-machine edition together: the function app on the embedded host.</summary>
internal static class LocalHostBuilder
{
    private const string OrchestrationSpans = "DurableTask.Core";

    private const string KeysOfMvc = "Microsoft.AspNetCore.DataProtection.Internal.DataProtectionHostedService";

    /// <param name="globals">What the verb was given.</param>
    /// <param name="use">What it is going to do with the lake.</param>
    /// <param name="isDemo">Whether runs are the demo's, where that is not plain.</param>
    public static FunctionsApplicationBuilder Create(GlobalArguments globals, LakeUse use, bool isDemo)
    {
        // Where the worker looks for what was generated from the app's functions.
        Assembly.SetEntryAssembly(typeof(RunEtl).Assembly);
        LocalServices.ReadSettingsOnce();
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Environment.ContentRootPath = globals.Shell.Folder;
        builder.Configuration.AddEnvironmentOf(globals.Shell);
        builder.AddEmbeddedHost();
        var edition = builder.AddEdition(globals, use, isDemo);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<RunScopeMiddleware>();
        DropKeysOfMvc(builder.Services);

        AddSpansOfTheHost(builder.Services);
        builder.Services.Configure<EmbeddedHostOptions>(options => options.StateFolder = edition.StateFolder);
        builder.Services.AddSingleton<IRunRule, DemoRule>();
        return builder;
    }

    // On Azure its host exports these; where nothing is exported, it makes no difference.
    private static void AddSpansOfTheHost(IServiceCollection services) => services.ConfigureOpenTelemetryTracerProvider(tracing => tracing
        .AddSource(OrchestrationSpans)
        .AddAspNetCoreInstrumentation(requests => requests.Filter = IsRequestOfTheHost));

    // Not what host and worker say to one another: the worker's own calls, and requests that the host hands on to it.
    private static bool IsRequestOfTheHost(HttpContext context) =>
        !context.Request.Headers.ContainsKey("x-ms-invocation-id")
        && context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true;

    // The worker's HTTP brings MVC, and that would make keys for cookies and forms in the home folder. There are none here to protect.
    private static void DropKeysOfMvc(IServiceCollection services)
    {
        foreach (var keys in services.Where(service => service.ImplementationType?.FullName == KeysOfMvc).ToList())
        {
            services.Remove(keys);
        }
    }
}
