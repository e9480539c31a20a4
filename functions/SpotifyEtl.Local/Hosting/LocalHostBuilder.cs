using EmbeddedHost.Startup;
using System.Reflection;
using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;
using SpotifyEtl.Instances;
using SpotifyEtl.Local.Authorization;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Hosting;

/// <summary>Puts the one-machine edition together: the function app on the embedded host, with a lake in a folder or on S3.</summary>
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
        // Settings are read once. A watcher would walk through every folder below this one, and the builder takes no argument to leave it.
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Environment.ContentRootPath = globals.Shell.Folder;
        builder.Configuration.AddEnvironmentOf(globals.Shell);
        builder.AddEmbeddedHost();
        var edition = builder.Configuration.AddGlobals(globals, use, isDemo);
        builder.Logging.AddShell(globals.Verbose);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<RunScopeMiddleware>();
        DropKeysOfMvc(builder.Services);

        builder.Services.AddSingleton(globals.Shell);
        builder.Services.AddSingleton(edition).AddSingleton(edition.Demo).AddSingleton<DemoLake>();
        builder.Services.Configure<EmbeddedHostOptions>(options => options.StateFolder = edition.StateFolder);
        builder.Services.AddSingleton<IRefreshTokens, LocalRefreshTokens>();
        _ = builder.Configuration.IsOnS3() ? builder.Services.AddLakeOnS3() : builder.Services.AddFolderLake();
        builder.Services.AddSpotifyEtl(builder.Configuration);
        builder.Services.AddReports();
        builder.Services.AddSingleton<ReprocessPreview>();
        AddSpansOfTheHost(builder.Services);
        builder.Services.AddSingleton<IRunRule, DemoRule>();
        if (edition.Demo.IsOn)
        {
            builder.Services.AddDemoSpotify();
        }
        else if (!edition.HasCredentials && use is not LakeUse.Serve)
        {
            builder.Services.AddNoSpotify();
        }

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
