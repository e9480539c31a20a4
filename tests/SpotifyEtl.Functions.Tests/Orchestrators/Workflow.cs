using DurableTask.Sqlite;
using EmbeddedHost.Hosting;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Catalog;
using SpotifyEtl.Functions.Tests.Catalog;
using SpotifyEtl.Functions.Tests.Lake;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Lake;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

/// <summary>
/// The function app on the embedded host, with a lake in memory, scripted crawlers, a clock that goes from one due time to the next, and, if asked
/// for, a Spotify on loopback.
/// </summary>
internal sealed class Workflow : IAsyncDisposable
{
    public const string RunId = "run";

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("workflow-");
    private readonly Func<IHost> _build;
    private IHost _host;

    private Workflow(
        SpotifyServer? spotify,
        int cachedOrchestrations,
        bool withHttp,
        string? playlists,
        string? refreshToken,
        IReadOnlyDictionary<string,
        string?>? settings)
    {
        Spotify = spotify;
        if (spotify is not null)
        {
            spotify.Clock = Clock;
        }

        _build = () => Build(
            spotify, cachedOrchestrations, withHttp, playlists, refreshToken, settings ?? new Dictionary<string, string?>(StringComparer.Ordinal));
        _host = _build();
    }

    private IHost Build(
        SpotifyServer? spotify, int cachedOrchestrations, bool withHttp, string? playlists, string? refreshToken, IReadOnlyDictionary<string, string?> settings)
    {
        var builder = AppBuilder.Create();
        builder.Logging.ClearProviders();
        if (refreshToken is not null || settings.Count > 0)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        }

        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Spotify:ClientId"] = SpotifyServer.ClientId,
            ["Spotify:ClientSecret"] = SpotifyServer.ClientSecret,
            ["Spotify:ApiBaseUrl"] = spotify?.ApiBaseUrl,
            ["Spotify:TokenUrl"] = spotify?.TokenUrl,
            ["Spotify:RefreshToken"] = refreshToken,
            ["Spotify:Playlists"] = playlists,
            ["Schedule"] = "0 0 6 * * *",
        }).AddInMemoryCollection(settings);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<ILake>(Lake);
        builder.Services.AddSingleton<ICrawlers>(Crawlers);
        builder.Services.AddSingleton<ITableRows>(Rows);
        builder.Services.AddSingleton<ICatalogMonths>(Months);
        builder.Services.AddSpotifyEtl(builder.Configuration);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = _state.FullName;
            options.ExtendedSessions = cachedOrchestrations > 0;
            options.Timers = false;
            options.Http = withHttp ? new HttpListenOptions { Port = 0 } : null;
        });
        return builder.Build();
    }

    public MemoryLake Lake { get; } = new();

    /// <summary>What is logged, at every level, where a user is signed in or other settings are given.</summary>
    public RecordingLog Log { get; } = new();

    /// <summary>The folder of the checkpoints.</summary>
    public string StateFolder => _state.FullName;

    public ScriptedCrawlers Crawlers { get; } = new();

    public WrittenRows Rows { get; } = new();

    public RecordingMonths Months { get; } = new();

    public DueClock Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));

    public SpotifyServer? Spotify { get; }

    /// <summary>Where the HTTP functions listen, if asked for.</summary>
    public Uri Url => _host.Services.GetRequiredService<ListeningAddress>().Url!;

    public DurableTaskClient Client => _host.Services.GetRequiredService<DurableTaskClient>();

    public RunRequest Request { get; set; } = new() { Lake = "memory:", Playlists = [], Crawlers = [], CrawlerTimeout = TimeSpan.FromMinutes(30) };

    public static async Task<Workflow> StartAsync(
        SpotifyServer? spotify = null,
        int cachedOrchestrations = 1000,
        bool withHttp = false,
        string? playlists = null,
        string? refreshToken = null,
        IReadOnlyDictionary<string, string?>? settings = null)
    {
        Workflow workflow = new(spotify, cachedOrchestrations, withHttp, playlists, refreshToken, settings);
        await workflow._host.StartAsync(TestContext.Current.CancellationToken);
        return workflow;
    }

    /// <summary>Puts a small good file into to_process.</summary>
    public RawFileName Stage(string name, string songId = "s1")
    {
        RawFileName file = new(name);
        Lake[file.ToProcessKey] = System.Text.Encoding.UTF8.GetBytes(MadeUp.Own(MadeUp.Row(songId)).ToJsonString());
        return file;
    }

    /// <summary>Starts a run and lets the clock go on until it has ended.</summary>
    public Task<OrchestrationMetadata> RunAsync(string runId = RunId) => RunAsync(nameof(RunEtl), Request, runId);

    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object input, string runId = RunId)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(runId), TestContext.Current.CancellationToken);
        return await EndAsync(runId);
    }

    /// <summary>Lets the clock go on until a run has ended.</summary>
    public async Task<OrchestrationMetadata> EndAsync(string runId)
    {
        var end = Client.WaitForInstanceCompletionAsync(runId, getInputsAndOutputs: true, TestContext.Current.CancellationToken);
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(2));
        while (!end.IsCompleted)
        {
            Clock.GoToNextDue();
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return await end;
    }

    /// <summary>Waits, with the clock standing still, until a run's progress is as asked for.</summary>
    public async Task<RunProgress> WaitForStatusAsync(string runId, Func<RunProgress, bool> isIt)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            var run = await Client.GetInstanceAsync(runId, getInputsAndOutputs: true, TestContext.Current.CancellationToken);
            if (run?.SerializedCustomStatus is not null && run.ReadCustomStatusAs<RunProgress>() is { } progress && isIt(progress))
            {
                return progress;
            }

            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends the host and starts another on the same state.</summary>
    public async Task RestartAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _host = _build();
        await _host.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What runs met on their way.</summary>
    public RunNotices Notices => _host.Services.GetRequiredService<RunNotices>();

    public async Task<RunResult> RecordAsync() => (await RecordAsync(RunId))!;

    public Task<RunResult?> RecordAsync(string runId) =>
        _host.Services.GetRequiredService<RunRecords>().FindRunAsync(runId, TestContext.Current.CancellationToken);

    public T Activity<T>() => ActivatorUtilities.CreateInstance<T>(_host.Services);

    public Task<RecordedHistory> HistoryOfAsync(string instanceId) =>
        RecordedHistory.OfAsync(_host.Services.GetRequiredService<SqliteOrchestrationService>(), instanceId);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        if (Spotify is not null)
        {
            await Spotify.DisposeAsync();
        }

        _state.Delete(recursive: true);
    }
}

/// <summary>A catalog that shows what it is told to.</summary>
internal sealed class WrittenRows : ITableRows
{
    public Func<Table, IReadOnlySet<string>, long> Count { get; set; } = (_, _) => 0;

    public Task<long> CountAsync(Table table, IReadOnlySet<string> stems, CancellationToken cancellationToken = default) =>
        Task.FromResult(Count(table, stems));

    public Func<Table, string, long?> CountMonth { get; set; } = (_, _) => null;

    public Task<long?> CountMonthAsync(Table table, string month, CancellationToken cancellationToken = default) => Task.FromResult(CountMonth(table, month));
}
