using SpotifyEtl.Health;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

/// <summary>Looks how it stands with a lake: a few small records and two listings, and no query.</summary>
internal sealed class LakeConditionReader(ILake lake, RunRecords records, RejectedFiles rejected, HealthCheck health)
{
    private const int RunsShown = 5;

    /// <param name="run">The run that has just ended, whether or not its record is there; null: none has.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<LakeCondition> ReadAsync(RunResult? run, CancellationToken cancellationToken)
    {
        var runs = await new RecentRuns(lake, records).FindAsync(RunsShown, cancellationToken);
        return new LakeCondition(
            run is null ? runs : [.. runs.Where(one => one.RunId != run.RunId).Append(run).OrderByDescending(one => one.EndedAt).Take(RunsShown)],
            await health.LookAsync(cancellationToken),
            await rejected.ListAsync(cancellationToken));
    }
}
