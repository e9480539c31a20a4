using System.Text.Json;
using EmbeddedHost.Hosting;
using EmbeddedHost.Http;
using EmbeddedHost.Orchestration;
using EmbeddedHost.TaskHub;
using EmbeddedHost.Timers;
using EmbeddedHost.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Startup;

/// <summary>Adds the embedded host to a program.</summary>
public static class EmbeddedHostServices
{
    private const string WorkerLoggerProvider = "Microsoft.Azure.Functions.Worker.Logging.WorkerLoggerProvider";
    private const string AppFolderVariable = "FUNCTIONS_APPLICATION_DIRECTORY";

    /// <summary>
    /// Runs the function app that a builder makes on a host in the same process: both start and stop together. The assembly with the
    /// functions must be the entry assembly before the builder is made (<see cref="System.Reflection.Assembly.SetEntryAssembly"/>), since the
    /// worker looks for what was generated there. Beside the app's services stand <see cref="DurableTaskClient"/>,
    /// <see cref="ITimerSchedules"/>, <see cref="IInstanceSearch"/> and <see cref="ListeningAddress"/>.
    /// </summary>
    /// <param name="builder">The worker's builder. Its content root is where local.settings.json is looked for.</param>
    public static void AddEmbeddedHost(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Configuration.AddLocalSettings(builder.Environment.ContentRootPath);
        WorkerEndpoint endpoint = new();
        builder.Configuration.AddInMemoryCollection(endpoint.SettingsOfNextWorker());
        if (Environment.GetEnvironmentVariable(AppFolderVariable) is null)
        {
            Environment.SetEnvironmentVariable(AppFolderVariable, AppContext.BaseDirectory);
        }

        // What the worker would send to the host's log is in the log already: it is the same.
        builder.Services.Configure<LoggerFilterOptions>(filters =>
            filters.Rules.Add(new LoggerFilterRule(WorkerLoggerProvider, categoryName: null, LogLevel.None, filter: null)));

        // That the worker listens on its socket and not on the port that it chose is no news.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        builder.Logging.AddFilter(WorkerLogs.RequestCategory, LogLevel.Warning);
        builder.Services.AddSingleton<IWorkerProcess, WorkerInProcess>();
        AddCore(builder.Services, endpoint);
    }

    /// <summary>Adds a host whose worker is a process of its own.</summary>
    internal static void AddHostOf(this IServiceCollection services, WorkerConfig worker)
    {
        services.AddSingleton(worker);
        services.AddSingleton<IWorkerProcess, ChildWorker>();
        AddCore(services, new WorkerEndpoint());
    }

    private static void AddCore(IServiceCollection services, WorkerEndpoint endpoint)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<EmbeddedHostOptions>().Configure<IConfiguration>(SettingBinding.Bind);
        services.AddSingleton(_ => endpoint);
        services.AddSingleton(provider => new AppFolder(Path.GetFullPath(Options(provider).AppFolder)));
        services.AddSingleton(provider => HostJson
            .Read(Path.Combine(provider.GetRequiredService<AppFolder>().Path, "host.json"))
            .Resolve(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<SessionSupport>();
        services.AddSingleton<HostStop>();
        services.AddSingleton<WorkerGateway>();
        services.AddSingleton<DurableClientBinding>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<WorkerServer>();
        services.AddSingleton<OrchestrationDispatch>();
        services.AddSingleton<ActivityDispatch>();
        services.AddSingleton<DurableWorker>();
        services.AddSingleton(provider => new StateFolder(Path.GetFullPath(Options(provider).StateFolder)));
        services.AddSingleton<TaskHubStore>();
        services.AddSingleton(provider => provider.GetRequiredService<TaskHubStore>().Service);
        services.AddSingleton(HubOptions);
        services.AddSingleton(provider => new TimerRecords(provider.GetRequiredService<StateFolder>().Path));
        services.AddSingleton<FunctionTimers>();
        services.AddSingleton<ITimerSchedules>(provider => provider.GetRequiredService<FunctionTimers>());
        services.AddSingleton<InstanceSearch>();
        services.AddSingleton<IInstanceSearch>(provider => provider.GetRequiredService<InstanceSearch>());
        services.AddSingleton<DataConverter>(provider => new JsonDataConverter(Payloads(provider)));
        services.AddSingleton<ListeningAddress>();
        services.AddSingleton<HttpFront>();
        services.AddSingleton(LoopbackClient);
        services.AddSingleton(provider => provider.GetRequiredService<LoopbackTaskHubClient>().Client);
        services.AddSingleton<IHostedService, EmbeddedHostLifetime>();
    }

    private static EmbeddedHostOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<EmbeddedHostOptions>>().Value;

    private static TaskHubOptions HubOptions(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<HostJson>().DurableTask;
        return new TaskHubOptions { HubName = settings.HubName, DefaultVersion = settings.DefaultVersion is { Length: > 0 } version ? version : null };
    }

    // Durable payloads go through the worker's serializer: the options that an app configures, else its defaults.
    private static JsonSerializerOptions Payloads(IServiceProvider provider) =>
        new(provider.GetRequiredService<IOptions<JsonSerializerOptions>>().Value) { PropertyNameCaseInsensitive = true };

    private static LoopbackTaskHubClient LoopbackClient(IServiceProvider provider) => new(
        provider.GetRequiredService<WorkerEndpoint>().Address,
        provider.GetRequiredService<TaskHubOptions>().HubName,
        provider.GetRequiredService<WorkerEndpoint>().ClientToken,
        provider.GetRequiredService<DataConverter>(),
        provider.GetRequiredService<ILoggerFactory>());
}
