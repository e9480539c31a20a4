using Microsoft.Extensions.Hosting;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>The life of a process that makes one run: from the host's start to the report and the exit code.</summary>
internal sealed class RunSession(
    IHost host, ILake lake, DemoLake demoLake, DemoMode demo, IRunView view, LocalRun runs, RunResultOutput output, ReportFile reports)
{
    // Queries read every row of their tables: in a larger lake that would take longer than most runs, and more memory.
    private const long MostRowsShown = 250_000;

    /// <summary>Makes the run, says what it did, and gives the exit code.</summary>
    /// <param name="json">Whether it is said as one JSON object.</param>
    /// <param name="loads">Whether it loads what the lake does not hold yet.</param>
    /// <param name="make">Makes the run.</param>
    /// <param name="cancellationToken">Stops the process; the next one goes on with the run.</param>
    public async Task<int> RunAsync(bool json, bool loads, Func<LocalRun, Task<RunResult>> make, CancellationToken cancellationToken)
    {
        await lake.PrepareAsync(cancellationToken);
        if (loads)
        {
            await demoLake.TakeAsync(cancellationToken);
            if (demo.IsOn)
            {
                view.Say(demo.OfRun);
            }
        }

        await host.StartAsync(cancellationToken);
        try
        {
            var result = await make(runs);
            await output.WriteAsync(result, json);
            var report = await reports.WriteAfterRunAsync(result, MostRowsShown, cancellationToken);
            if (!json)
            {
                await output.WriteAnswersAsync(result, report, cancellationToken);
            }

            return result.Status is RunStatus.Succeeded ? ExitCode.Succeeded : ExitCode.Failed;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }
}
