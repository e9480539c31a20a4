using SpotifyEtl.Settings;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Trace;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Authorization;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Hosting;

/// <summary>Builds the host of the one-machine edition: the function app on the embedded host, with a lake in a folder or on S3.</summary>
internal static class LocalHost
{
    // Less than what service managers and System.CommandLine wait before they kill: activities that still run are then handed back.
    private const string GracefulStopSeconds = "20";

    private const string OrchestrationSpans = "DurableTask.Core";

    private const string KeysOfMvc = "Microsoft.AspNetCore.DataProtection.Internal.DataProtectionHostedService";

    private static readonly string LakeSetting = $"{LakeOptions.SectionName}:{nameof(LakeOptions.Uri)}";

    public static FunctionsApplicationBuilder CreateBuilder(GlobalArguments globals)
    {
        // Where the worker looks for what was generated from the app's functions.
        Assembly.SetEntryAssembly(typeof(RunEtl).Assembly);
        var builder = FunctionsApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Environment.ContentRootPath = globals.Shell.Folder;
        builder.Configuration.Sources.Add(EnvironmentOf(globals.Shell));
        builder.Services.AddSingleton(globals.Shell);
        builder.AddEmbeddedHost();
        Configure(builder.Configuration, globals);
        ConfigureLogging(builder.Logging, globals.Verbose);
        builder.ConfigureFunctionsWebApplication();
        DropKeysOfMvc(builder.Services);
        builder.Services.AddSingleton<IRefreshTokens, LocalRefreshTokens>();
        if (!LakeUri.IsS3(builder.Configuration[LakeSetting]))
        {
            builder.Services.AddFolderLake();
        }

        builder.Services.AddSpotifyEtl(builder.Configuration);
        // On Azure its host exports these; where nothing is exported, it makes no difference.
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing
            .AddSource(OrchestrationSpans)
            .AddAspNetCoreInstrumentation(requests => requests.Filter = IsRequestOfTheHost));
        builder.Services.Configure<EmbeddedHostOptions>(options => options.StateFolder = globals.StateFolder);
        builder.Services.AddOptions<EmbeddedHostOptions>().Configure<ILake>((options, lake) => options.BeforeResume = unfinished => RequireLake(unfinished, lake));
        if (IsWithoutCredentials(builder.Configuration))
        {
            builder.Services.AddDemoSpotify();
        }

        return builder;
    }

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

    /// <summary>Makes the lake ready for a run, so that one that cannot be used is told before anything is done.</summary>
    /// <exception cref="EtlException">It cannot be used: the message says why.</exception>
    public static async Task PrepareLakeAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<FolderLake>() is { } folder)
        {
            await folder.PrepareAsync(cancellationToken);
            return;
        }

        await foreach (var _ in services.GetRequiredService<ILake>().ListAsync(LakeKeys.ToProcess, cancellationToken: cancellationToken))
        {
            break;
        }
    }

    private static void RequireLake(IReadOnlyList<OrchestrationMetadata> unfinished, ILake lake)
    {
        foreach (var run in unfinished.Where(instance => instance.Name == nameof(RunEtl)))
        {
            if (run.ReadInputAs<RunRequest>() is { } request && request.Lake != lake.Location)
            {
                throw new UsageException(
                    $"Run {run.InstanceId} in this state folder was interrupted on the lake {request.Lake}. Finish it with --lake {request.Lake}, or use another --state folder for {lake.Location}.");
            }
        }
    }

    // One of the two alone is a mistake, for the options' validation to tell.
    private static bool IsWithoutCredentials(ConfigurationManager configuration)
    {
        var spotify = configuration.GetSection(SpotifyOptions.SectionName);
        return string.IsNullOrEmpty(spotify[nameof(SpotifyOptions.ClientId)]) && string.IsNullOrEmpty(spotify[nameof(SpotifyOptions.ClientSecret)]);
    }

    private static void Configure(ConfigurationManager configuration, GlobalArguments globals)
    {
        configuration.Sources.Insert(0, Memory((LakeSetting, LakeUri.Default), ("shutdownTimeoutSeconds", GracefulStopSeconds)));
        configuration.AddSettingDefaults();
        if (globals.Lake is not null)
        {
            configuration.Sources.Add(Memory((LakeSetting, globals.Lake)));
        }

        // In a folder it costs nothing; Athena takes money for it.
        if (!LakeUri.IsS3(configuration[LakeSetting]))
        {
            configuration.Sources.Insert(0, Memory(("Catalog:VerifyTables", "true")));
        }
    }

    private static MemoryConfigurationSource EnvironmentOf(Shell shell) =>
        Memory([.. shell.Environment.Select(variable => (variable.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), variable.Value))]);

    private static MemoryConfigurationSource Memory(params ReadOnlySpan<(string Key, string Value)> values)
    {
        Dictionary<string, string?> data = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in values)
        {
            data[key] = value;
        }

        return new() { InitialData = data };
    }

    private static void ConfigureLogging(ILoggingBuilder logging, bool verbose)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.ClearProviders();
        logging.Services.AddSingleton<ILoggerProvider, ShellLoggerProvider>();
        // A start that fails is told by its message alone, at the end.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Warning);
        if (!verbose)
        {
            // A failed try is repeated, and what remains of it is told at the end.
            logging.AddFilter("EmbeddedHost", LogLevel.Error);
        }
    }
}
