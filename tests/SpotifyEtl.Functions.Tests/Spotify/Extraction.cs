using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SpotifyEtl.Functions.Tests.Lake;
using SpotifyEtl.Lake;
using SpotifyEtl.Spotify;
using Xunit;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>An extractor as the app composes it, with a server, a lake, a clock and a log of the test's own.</summary>
internal sealed class Extraction : IAsyncDisposable
{
    public static readonly DateTimeOffset RunStart = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;

    private Extraction(SpotifyServer server, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        Server = server;
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
            .AddSpotify(configuration)
            .BuildServiceProvider(validateScopes: true);
    }

    public SpotifyServer Server { get; }

    /// <summary>The snapshot that counts as loaded.</summary>
    public string? LoadedSnapshotId { get; set; }

    public MemoryLake Lake { get; } = new();

    public RecordingLog Log { get; } = new();

    public FakeTimeProvider Clock { get; } = new(RunStart.AddSeconds(30));

    public string RawText => Lake.Text(Assert.Single(Lake.Keys));

    public static async Task<Extraction> StartAsync(bool classic = false, IReadOnlyList<string>? rows = null, params (string Name, string? Value)[] settings) =>
        new(
            await SpotifyServer.StartAsync(classic, rows ?? RowsOf(3)),
            settings.Select(setting => KeyValuePair.Create("Spotify:" + setting.Name, setting.Value)));

    public static string[] RowsOf(int count) => [.. Enumerable.Range(0, count).Select(n => $$"""{"n":{{n}}}""")];

    public Task<ExtractOutcome> RunAsync(string playlistId = SpotifyServer.PlaylistId, CancellationToken? cancellationToken = null) =>
        _services.GetRequiredService<PlaylistExtractor>().ExtractAsync(playlistId, RunStart, LoadedSnapshotId, cancellationToken ?? TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
