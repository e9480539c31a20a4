using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

/// <summary>Writes the report after each run of a server. Runs that end while one is written share the next.</summary>
internal sealed class ReportAfterRuns(IServiceProvider services, string stateFolder) : BackgroundService, IRunListener
{
    // Some ten seconds after each run, which nobody waits for.
    private const int MostFiles = 2500;

    private readonly Channel<RunResult> _newest = Channel.CreateBounded<RunResult>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Adds it for a server on a folder lake; on S3 reports cost money, and are written by hand.</summary>
    public static void AddTo(IServiceCollection services, string stateFolder)
    {
        if (services.All(service => service.ServiceType != typeof(FolderLake)))
        {
            return;
        }

        services.AddSingleton(provider => new ReportAfterRuns(provider, stateFolder));
        services.AddSingleton<IRunListener>(provider => provider.GetRequiredService<ReportAfterRuns>());
        services.AddHostedService(provider => provider.GetRequiredService<ReportAfterRuns>());
    }

    public void OnRecorded(RunResult run) => _newest.Writer.TryWrite(run);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var run in _newest.Reader.ReadAllAsync(stoppingToken))
        {
            await ReportFile.WriteAfterRunAsync(services, stateFolder, run, MostFiles, stoppingToken);
        }
    }
}
