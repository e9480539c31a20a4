using EmbeddedHost.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;
using SpotifyEtl.Instances;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Monitor;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Hosting;

/// <summary>
/// The hosts that the verbs need, built and not started. Each has looked at the settings by then: those that are not allowed are told before
/// anything is said or done, all in one <see cref="EtlConfigurationException"/>.
/// </summary>
internal static class LocalHost
{
    /// <summary>The host of one run. It serves HTTP for <c>runs</c> in another terminal, which finds the address in the state folder.</summary>
    /// <param name="globals">What the verb was given.</param>
    /// <param name="view">What shows the run.</param>
    public static IHost ForRun(GlobalArguments globals, IRunView view) => Build(globals, services => services
        .Configure<EmbeddedHostOptions>(options =>
        {
            options.Timers = false;
            options.Http!.Port = 0;
        })
        .ResumeOnThisLake()
        .AddLocalRun(view));

    /// <summary>The host with its schedule, its run monitor and its HTTP APIs.</summary>
    /// <param name="globals">What the verb was given.</param>
    /// <param name="port">Where it listens; null: as the settings say.</param>
    public static IHost ForServe(GlobalArguments globals, int? port) => Build(globals, services =>
    {
        if (port is { } given)
        {
            services.Configure<EmbeddedHostOptions>(options => options.Http!.Port = given);
        }

        services.ResumeOnThisLake().AddReportAfterRuns().AddMonitor();
    });

    /// <summary>A host whose runs rest where they stand.</summary>
    /// <param name="globals">What the verb was given.</param>
    /// <param name="http">Where it listens; null: nowhere.</param>
    public static IHost AtRest(GlobalArguments globals, HttpListenOptions? http = null) => Build(globals, services => services.Rest(http));

    /// <summary>A host at rest for a user who authorizes the app: lists of top tracks may be set already, and are refused as long as nobody has.</summary>
    public static IHost ForAuthorization(GlobalArguments globals) => Build(globals, services => services
        .Rest(http: null)
        .PostConfigure<SpotifyOptions>(settings => settings.Playlists = null));

    private static IHost Build(GlobalArguments globals, Action<IServiceCollection> configure)
    {
        var builder = LocalHostBuilder.Create(globals);
        configure(builder.Services);
        var host = builder.Build();
        try
        {
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            host.Services.GetRequiredService<ILake>();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static IServiceCollection Rest(this IServiceCollection services, HttpListenOptions? http) => services.Configure<EmbeddedHostOptions>(options =>
    {
        options.AtRest = true;
        options.Http = http;
    });

    private static IServiceCollection ResumeOnThisLake(this IServiceCollection services)
    {
        services.AddOptions<EmbeddedHostOptions>().Configure<ILake>((options, lake) => options.BeforeResume = unfinished => RequireLake(unfinished, lake));
        return services;
    }

    private static void RequireLake(IReadOnlyList<OrchestrationMetadata> unfinished, ILake lake)
    {
        foreach (var run in unfinished.Where(RunInstances.IsRun))
        {
            if (run.ReadInputAs<RunRequest>() is { } request && request.Lake != lake.Location)
            {
                throw new UsageException(
                    $"Run {run.InstanceId} in this state folder was interrupted on the lake {request.Lake}. "
                    + $"Finish it with --lake {request.Lake}, or use another --state folder for {lake.Location}.");
            }
        }
    }
}
