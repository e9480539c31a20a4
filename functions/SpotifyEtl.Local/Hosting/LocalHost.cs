using EmbeddedHost.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;
using SpotifyEtl.Instances;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Doctor;
using SpotifyEtl.Local.Monitor;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Orchestrators;
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
    /// <param name="use">What it is going to do with the lake.</param>
    /// <param name="view">What shows the run.</param>
    /// <param name="cancellationToken">Stops looking whose the lake is.</param>
    public static Task<IHost> ForRunAsync(GlobalArguments globals, LakeUse use, IRunView view, CancellationToken cancellationToken) => BuildAsync(
        globals,
        use,
        services => services
            .Configure<EmbeddedHostOptions>(options =>
            {
                options.Timers = false;
                options.Http!.Port = 0;
            })
            .ResumeWhatFits()
            .AddLocalRun(view)
            .AddLogging(logging => logging.AddFilter<ShellLoggerProvider>(typeof(RunEtl).FullName, globals.Verbose ? LogLevel.Information : LogLevel.None)),
        cancellationToken);

    /// <summary>The host with its schedule, its run monitor and its HTTP APIs.</summary>
    /// <param name="globals">What the verb was given.</param>
    /// <param name="port">Where it listens; null: as the settings say.</param>
    /// <param name="cancellationToken">Stops looking whose the lake is.</param>
    public static Task<IHost> ForServeAsync(GlobalArguments globals, int? port, CancellationToken cancellationToken) => BuildAsync(
        globals,
        LakeUse.Serve,
        services =>
        {
            if (port is { } given)
            {
                services.Configure<EmbeddedHostOptions>(options => options.Http!.Port = given);
            }

            services.ResumeWhatFits().AddReportAfterRuns().AddMonitor().AddSingleton<IRunListener, EndedRunLines>();
        },
        cancellationToken);

    /// <summary>A host whose runs rest where they stand. Where it takes the demo's lake because there is no other, that is said.</summary>
    /// <param name="globals">What the verb was given.</param>
    /// <param name="http">Where it listens.</param>
    public static IHost AtRest(GlobalArguments globals, HttpListenOptions http)
    {
        var host = Build(globals, LakeUse.Look, isDemo: false, services => services.Rest(http));
        host.SayWhichLake();
        return host;
    }

    /// <summary>Says so, where the demo's lake is taken because there is no other.</summary>
    public static void SayWhichLake(this IHost host) =>
        host.Services.GetRequiredService<Edition>().SayWhichLake(host.Services.GetRequiredService<Shell>());

    /// <summary>A host at rest, of the lake that runs would be made on.</summary>
    public static IHost ForDoctor(GlobalArguments globals) => Build(globals, LakeUse.Examine, isDemo: false, services => services.Rest(http: null));

    /// <summary>A host at rest for a user who authorizes the app: the user's lists may be set already, and are refused as long as nobody has.</summary>
    public static IHost ForAuthorization(GlobalArguments globals) => Build(
        globals, LakeUse.Look, isDemo: false, services => services.Rest(http: null).PostConfigure<SpotifyOptions>(settings => settings.Sources = null));

    // Whose a lake is, it tells itself: a host that has opened it is made anew where its runs are the demo's.
    private static async Task<IHost> BuildAsync(
        GlobalArguments globals, LakeUse use, Action<IServiceCollection> configure, CancellationToken cancellationToken)
    {
        var host = Build(globals, use, isDemo: false, configure);
        foreach (var unread in UnreadSetting.Find(host.Services.GetRequiredService<IConfiguration>()))
        {
            globals.Shell.Note(TerminalText.Clean($"{unread.Message} {unread.Fix}"), Shade.Caution);
        }

        try
        {
            if (!await IsForDemoAsync(host.Services, use, cancellationToken))
            {
                return host;
            }
        }
        catch
        {
            host.Dispose();
            throw;
        }

        host.Dispose();
        return Build(globals, use, isDemo: true, configure);
    }

    private static async Task<bool> IsForDemoAsync(IServiceProvider services, LakeUse use, CancellationToken cancellationToken)
    {
        var edition = services.GetRequiredService<Edition>();
        if (edition.HasCredentials || use is LakeUse.Load or LakeUse.LoadRaw)
        {
            return false;
        }

        var lake = services.GetRequiredService<ILake>();
        return await DemoLake.IsDemosAsync(lake, cancellationToken)
            || (use is LakeUse.Serve && (edition.IsNamed || edition.IsDemosOwn) && await DemoLake.IsEmptyAsync(lake, cancellationToken));
    }

    private static IHost Build(GlobalArguments globals, LakeUse use, bool isDemo, Action<IServiceCollection> configure)
    {
        var builder = LocalHostBuilder.Create(globals, use, isDemo);
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

    private static IServiceCollection ResumeWhatFits(this IServiceCollection services)
    {
        services.AddSingleton<RunInterruptions>();
        services.AddOptions<EmbeddedHostOptions>().Configure<ILake, RunStarter, IServiceProvider>(
            (options, lake, starter, provider) => options.BeforeResume = unfinished =>
            {
                Require(unfinished, lake, starter);
                provider.GetRequiredService<RunInterruptions>().Note(unfinished);
            });
        return services;
    }

    private static void Require(IReadOnlyList<OrchestrationMetadata> unfinished, ILake lake, RunStarter starter)
    {
        foreach (var run in unfinished.Where(RunInstances.IsRun))
        {
            if (run.ReadInputAs<RunRequest>() is not { } request)
            {
                continue;
            }

            if (request.Lake != lake.Location)
            {
                throw new UsageException(
                    $"Run {run.InstanceId} in this state folder was interrupted on the lake {request.Lake}. "
                    + $"Finish it with --lake {request.Lake}, or use another --state folder for {lake.Location}.");
            }

            if (starter.Refusal(request) is { } refusal)
            {
                throw new UsageException(
                    $"Run {run.InstanceId} in this state folder was interrupted, and cannot go on like this. {refusal} "
                    + $"Or end it with 'spotify-etl runs cancel {run.InstanceId}', or use another --state folder.");
            }
        }
    }
}
