using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

/// <summary>Writes the report after each run of a server. Runs that end while one is written share the next.</summary>
internal sealed class ReportAfterRuns(IServiceProvider services, RecordedRuns recorded, string stateFolder) : BackgroundService
{
    // Some ten seconds after each run, which nobody waits for.
    private const int MostFiles = 2500;

    /// <summary>Adds it for a server on a folder lake; on S3 reports cost money, and are written by hand.</summary>
    public static void AddTo(IServiceCollection services, string stateFolder)
    {
        if (services.All(service => service.ServiceType != typeof(FolderLake)))
        {
            return;
        }

        services.AddSingleton<RecordedRuns>();
        services.AddSingleton<ILake>(provider => new RecordWatchingLake(provider.GetRequiredService<FolderLake>(), provider.GetRequiredService<RecordedRuns>()));
        services.AddHostedService(provider => new ReportAfterRuns(provider, provider.GetRequiredService<RecordedRuns>(), stateFolder));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        RunRecords records = new(services.GetRequiredService<FolderLake>());
        await foreach (var runId in recorded.ReadAsync(stoppingToken))
        {
            await ReportFile.WriteAfterRunAsync(services, stateFolder, runId, () => records.FindRunAsync(runId, stoppingToken), MostFiles, stoppingToken);
        }
    }
}

/// <summary>The run whose record was written last, for whoever waits for it.</summary>
internal sealed class RecordedRuns
{
    private readonly Channel<string> _newest = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Add(string runId) => _newest.Writer.TryWrite(runId);

    public IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken) => _newest.Reader.ReadAllAsync(cancellationToken);
}
