using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

/// <summary>Writes the report after each run of a server. Runs that end while one is written share the next.</summary>
internal sealed class ReportAfterRuns(ReportFile report) : BackgroundService, IRunListener
{
    // Some ten seconds after each run, which nobody waits for.
    private const long MostRows = 5_000_000;

    private readonly Channel<RunResult> _newest =
        Channel.CreateBounded<RunResult>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    public void OnRecorded(RunResult run) => _newest.Writer.TryWrite(run);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var run in _newest.Reader.ReadAllAsync(stoppingToken))
        {
            await report.WriteAfterRunAsync(run, MostRows, stoppingToken);
        }
    }
}
