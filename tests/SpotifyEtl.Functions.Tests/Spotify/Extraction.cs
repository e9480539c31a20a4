using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Functions.Tests.Lake;
using SpotifyEtl.Functions.Tests.Orchestrators;
using SpotifyEtl.Lake;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>An extractor as the app composes it, with a server, a lake, a clock and a log of the test's own.</summary>
internal sealed class Extraction : IAsyncDisposable
{
    public static readonly DateTimeOffset RunStart = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;

    private Extraction(SpotifyServer server, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        Server = server;
        server.Clock = Clock;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Spotify:ClientId"] = SpotifyServer.ClientId,
                ["Spotify:ClientSecret"] = SpotifyServer.ClientSecret,
                ["Spotify:ApiBaseUrl"] = server.ApiBaseUrl,
                ["Spotify:TokenUrl"] = server.TokenUrl,
            })
            .AddInMemoryCollection(settings)
            .Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<ILake>(Lake)
            .AddSingleton(new Jitter(() => 0))
            .AddSingleton(_ => Bounds)
            .AddSpotify(configuration)
            .BuildServiceProvider(validateScopes: true);
    }

    public SpotifyServer Server { get; }

    /// <summary>How much is taken of an answer, and how long it may take.</summary>
    public SpotifyBounds Bounds { get; set; } = SpotifyBounds.Default;

    /// <summary>The snapshot that counts as loaded.</summary>
    public string? LoadedSnapshotId { get; set; }

    /// <summary>When the newest play that counts as loaded was played.</summary>
    public DateTimeOffset? PlayedUntil { get; set; }

    public MemoryLake Lake { get; } = new();

    public RecordingLog Log { get; } = new();

    public DueClock Clock { get; } = new(RunStart.AddSeconds(30));

    public string RawText => Lake.Text(Assert.Single(Lake.Keys));

    public static async Task<Extraction> StartAsync(bool classic = false, IReadOnlyList<string>? rows = null, params (string Name, string? Value)[] settings) =>
        new(
            await SpotifyServer.StartAsync(classic, rows ?? RowsOf(3)),
            settings.Select(setting => KeyValuePair.Create("Spotify:" + setting.Name, setting.Value)));

    public static string[] RowsOf(int count) => [.. Enumerable.Range(0, count).Select(n => $$$"""{"n":{{{n}}},"item":{}}""")];

    /// <summary>Extracts, and lets the clock go on to whatever is waited for.</summary>
    public Task<ExtractOutcome> RunAsync(string playlistId = SpotifyServer.PlaylistId, CancellationToken? cancellationToken = null) =>
        EndAsync(BeginAsync(playlistId, cancellationToken));

    /// <summary>Extracts one of the user's lists, and lets the clock go on to whatever is waited for.</summary>
    public Task<ExtractSourceOutcome> RunSourceAsync(string source) => EndAsync(_services.GetRequiredService<SourceExtractor>()
        .ExtractAsync(source, RunStart, (_, _) => Task.FromResult(PlayedUntil), TestContext.Current.CancellationToken));

    private async Task<T> EndAsync<T>(Task<T> extraction)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(2));
        while (!extraction.IsCompleted)
        {
            Clock.GoToNextDue();
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return await extraction;
    }

    /// <summary>Extracts, with the clock standing still.</summary>
    public Task<ExtractOutcome> BeginAsync(string playlistId = SpotifyServer.PlaylistId, CancellationToken? cancellationToken = null) =>
        _services.GetRequiredService<PlaylistExtractor>()
            .ExtractAsync(playlistId, RunStart, LoadedSnapshotId, cancellationToken ?? TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
